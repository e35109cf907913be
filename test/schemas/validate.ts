import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { repository } from '../repository';

export const folder = join(repository, 'schemas');
export const schemaOf = (file: string, at = folder) => JSON.parse(readFileSync(join(at, file), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });

/** The schemas of all outputs, by file. */
export const validators = new Map(readdirSync(folder).map((file) => [file, ajv.compile(schemaOf(file))]));

/** What of an output its schema does not know, or misses. */
export function faults(file: string, text: string): unknown {
  const validate = validators.get(file);
  if (validate === undefined) throw new Error(`schemas/ has no ${file}`);
  return validate(JSON.parse(text)) ? [] : validate.errors;
}
