/** What a fleet looks like, whoever makes it. */
export interface FleetProps {
  /** How many apps it has, of 12 resources each. */
  readonly apps: number;
  /** Which image the app in the middle has: another number is another fleet, in one app. @default 0 */
  readonly change?: number;
  /** What a variable of the app in the middle says; it has none for 0. @default 0 */
  readonly variable?: number;
}

export const appName = (index: number) => `app-${index}`;

export function image(index: number, { apps, change = 0 }: FleetProps): string {
  return `ghcr.io/acme/app:1.0.${isInTheMiddle(index, apps) ? change : 0}`;
}

/** Variables that an app has besides those that all have. */
export function variables(index: number, { apps, variable = 0 }: FleetProps): Readonly<Record<string, string>> {
  return variable > 0 && isInTheMiddle(index, apps) ? { RELEASE: `r${variable}` } : {};
}

function isInTheMiddle(index: number, apps: number): boolean {
  return index === Math.floor(apps / 2);
}

/** The fleet that the bench asks a program for, by environment variables. */
export const wanted: FleetProps = {
  apps: Number(process.env.FLEET_APPS),
  change: Number(process.env.FLEET_CHANGE ?? 0),
  variable: Number(process.env.FLEET_VARIABLE ?? 0),
};
