// What the page does not need to be read, only to be walked through: everything works without it.

/** A link to something within folded parts opens them. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) if (part instanceof HTMLDetailsElement) part.open = true;
  target?.scrollIntoView();
}

/** The run that is being read is marked in the left column, which follows. */
function followReading() {
  const side = document.querySelector('.side');
  const links = new Map([...side.querySelectorAll('.run-link')].map(link => [link.hash.slice(1), link]));
  let current;
  const read = link => {
    current?.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'true');
    current = link;
    const { top, bottom } = link.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) side.scrollTop += top - innerHeight / 3;
  };
  const watch = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) read(links.get(target.id));
    },
    { rootMargin: '-30% 0px -69%' },
  );
  for (const id of links.keys()) watch.observe(document.getElementById(id));
}

/** On a narrow screen the contents come first: folded, they do not stand in the way. */
if (matchMedia('(max-width: 62rem)').matches) document.querySelector('.side details').open = false;

addEventListener('hashchange', openTarget);
if (location.hash.length > 1) openTarget();
followReading();
