import { NotFollowed } from '../go-template';

const longest = 63;

/** What `slugify` makes of a text (gosimple/slug 1.15 with the settings of flux-operator 0.58, internal/builder/resourceset.go). */
export function slug(text: string): string {
  if (/[^\0-\x7f]/.test(text)) throw new NotFollowed('it makes a slug of a text that is not ASCII');
  const whole = text
    .trim()
    .replace(/["']/g, '')
    .replaceAll('&', 'and')
    .replaceAll('@', 'at')
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  if (whole.length <= longest) return whole;
  // At the end of a word, if there is one.
  const end = whole.lastIndexOf('-', longest);
  return whole.slice(0, end < 0 ? longest : end);
}
