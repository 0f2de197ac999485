const { api } = await (await fetch('/settings.json')).json();
const projects = await (await fetch(`${api}/api/projects`)).json();
document.querySelector('main').textContent = `%VERSION%: ${projects.length} projects`;
