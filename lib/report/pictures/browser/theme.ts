import { button } from './dom';

const order = ['auto', 'light', 'dark'] as const;
type Theme = (typeof order)[number];

const signs: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };
const key = 'espalier-theme';

/** The button that goes from the reader's own theme to light and to dark. The choice is kept where the browser lets a file keep one. */
export function themeButton(changed: () => void): HTMLButtonElement {
  let theme = stored();
  const element = button('', '', () => {
    theme = order[(order.indexOf(theme) + 1) % order.length] ?? 'auto';
    apply();
    changed();
  });
  const apply = () => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    element.textContent = signs[theme];
    const label = `Theme: ${theme === 'auto' ? "the system's" : theme}`;
    element.title = label;
    element.setAttribute('aria-label', label);
    try {
      localStorage.setItem(key, theme);
    } catch {
      // A file may keep nothing in some browsers.
    }
  };
  apply();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  return element;
}

function stored(): Theme {
  try {
    const found = localStorage.getItem(key);
    return order.find((theme) => theme === found) ?? 'auto';
  } catch {
    return 'auto';
  }
}
