import type { Format } from '../lib/systems/format';

/** What is tried of a format, by its name. */
export type TriedFormats = Readonly<
  Record<string, { readonly format: Format; readonly accepts: string[]; readonly refuses: string[] }>
>;

/** Holds each format to what it must accept and refuse, and its example to itself. */
export function describeFormats(formats: TriedFormats): void {
  for (const [name, { format, accepts, refuses }] of Object.entries(formats)) {
    describe(name, () => {
      test.each(accepts)('accepts %j', (value) => expect(format.accepts(value)).toBe(true));
      test.each(refuses)('refuses %j', (value) => expect(format.accepts(value)).toBe(false));
      test('its own example names what it accepts', () => {
        const quoted = [...format.example.matchAll(/"([^"<]+)"/g)].map((match) => String(match[1]));
        expect(quoted.filter((value) => !format.accepts(value))).toEqual([]);
        expect(quoted).not.toEqual([]);
      });
    });
  }
}
