// Code Remote __VERSION__
const { api } = await (await fetch('/settings.json')).json();
const sessions = await (await fetch(`${api}/api/sessions`)).json();
document
  .querySelector('#sessions')
  .append(...sessions.map(({ title }) => Object.assign(document.createElement('li'), { textContent: title })));
