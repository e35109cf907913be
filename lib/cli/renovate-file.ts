import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** https://docs.renovatebot.com/configuration-options/ */
const paths = ['', '.github/', '.gitlab/']
  .flatMap((prefix) => [`${prefix}renovate.json`, `${prefix}renovate.json5`])
  .concat('.renovaterc', '.renovaterc.json', '.renovaterc.json5');

/** Renovate's configuration, from the top of the repository; undefined where there is none. */
export function renovateFile(top: string): string | undefined {
  return paths.find((path) => existsSync(join(top, path)));
}
