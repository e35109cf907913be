/** What a fleet looks like, whoever makes it. */
export interface FleetProps {
  /** How many apps it has, of 12 resources each. */
  readonly apps: number;
  /** Which image the app in the middle has: another number is another fleet, in one app. @default 0 */
  readonly change?: number;
}

export const appName = (index: number) => `app-${index}`;

export function image(index: number, { apps, change = 0 }: FleetProps): string {
  return `ghcr.io/acme/app:1.0.${index === Math.floor(apps / 2) ? change : 0}`;
}

/** The fleet that the bench asks a program for, by environment variables. */
export const wanted: FleetProps = {
  apps: Number(process.env.FLEET_APPS),
  change: Number(process.env.FLEET_CHANGE ?? 0),
};
