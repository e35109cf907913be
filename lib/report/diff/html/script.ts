/** Filters of the page: without it everything is there, unfiltered. It reads and writes what is on the page, and nothing else. */
export const script = `
(() => {
  const form = document.getElementById('filters');
  if (!form) return;
  const objects = [...document.querySelectorAll('.object')];
  const groups = [...document.querySelectorAll('.group')];
  const texts = new Map();
  const textOf = (object) => {
    if (!texts.has(object)) texts.set(object, object.textContent.toLowerCase());
    return texts.get(object);
  };
  const filter = () => {
    const { words, danger, kind, group } = Object.fromEntries(new FormData(form));
    const wanted = words.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const object of objects) {
      const { dataset } = object;
      const isShown =
        Number(dataset.danger) >= Number(danger) &&
        (kind === '' || dataset.kinds.split(' ').includes(kind)) &&
        (group === '' || dataset.group === group) &&
        wanted.every((word) => textOf(object).includes(word));
      object.hidden = !isShown;
      if (isShown) shown++;
    }
    for (const each of groups) each.hidden = !each.querySelector('.object:not([hidden])');
    form.querySelector('output').textContent = shown + ' of ' + objects.length + (objects.length === 1 ? ' object' : ' objects');
  };
  const fold = (open) => {
    for (const object of objects) if (!object.hidden) object.open = open;
  };
  form.addEventListener('input', filter);
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.elements.unfold.addEventListener('click', () => fold(true));
  form.elements.fold.addEventListener('click', () => fold(false));
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(input|select|textarea)$/i.test(event.target.tagName);
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    form.elements.words.focus();
  });
  const unfoldTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  window.addEventListener('hashchange', unfoldTarget);
  form.hidden = false;
  filter();
})();
`;
