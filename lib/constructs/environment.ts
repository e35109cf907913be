import { EspalierError } from '../errors';
import { environmentName } from '../systems/kubernetes/names';
import { refuseUnknownOption } from './refuse-unknown';

/**
 * Reads a variable of the environment that main.ts runs in, such as the image tag that CI has just built.
 *
 * What a tree is made from belongs in Git: use it for what truly comes from outside, since `--check` compares what the
 * same variables yield.
 *
 * @throws EspalierError when the variable is missing or empty and no default is given. The value is never printed.
 */
export function environmentVariable(
  name: string,
  options: { readonly default?: string; readonly purpose?: string } = {},
): string {
  refuseUnknownOption('environmentVariable', options);
  if (!environmentName.accepts(name)) {
    throw new EspalierError(
      `environmentVariable: name is ${JSON.stringify(name)}. Allowed: ${environmentName.allowed}.`,
    );
  }
  const value = process.env[name] || options.default;
  if (value === undefined || value === '') {
    const purpose = options.purpose ? ` (${options.purpose})` : '';
    throw new EspalierError(
      `The environment variable ${name}${purpose} is not set. Set it, for example: ${name}=… espalier synth; or give environmentVariable() a default.`,
    );
  }
  return value;
}
