import { templatesIn } from '../../graph/external-secrets/templates';
import type { Path } from '../../json/json';
import { unknownFunctions, wrongCalls } from '../../systems/external-secrets/template-functions';
import { TemplateError, TemplateTooLong } from '../../systems/go-template';
import type { ClusterCheck, Fix } from '../check';
import { didYouMean } from '../hint';
import { withIndex } from './template-fix';

export const templateSyntax: ClusterCheck = {
  id: 'eso/template-syntax',
  severity: 'error',
  title: 'Template that cannot be parsed, or gives a function a wrong number of arguments',
  atRunTime: 'the Secret fails to sync: "unable to parse template at key …", "wrong number of args"',
  remedy: 'correct the template; to read a key with a dash or dot, use index: {{ index . "tls-key" }}',
  fixes: 'read a key with a dash in its name with index',
  source: 'external-secrets runtime/template/v2/template.go (execute); https://pkg.go.dev/text/template',
  *check(cluster) {
    for (const { resource, path, reads, text } of templatesIn(cluster)) {
      if (reads instanceof TemplateTooLong) {
        yield {
          at: { resource, path },
          severity: 'warning',
          message: `the template is not checked: ${reads.message}`,
          remedy: 'split the template, or remove what repeats',
        };
        continue;
      }
      if (reads instanceof TemplateError) {
        const where = text.includes('\n') ? ` in line ${reads.line}` : '';
        yield {
          at: { resource, path },
          message: `the template cannot be parsed${where}: ${reads.message}${reads.message.includes('U+002D') ? hint(text) : ''}`,
          ...(reads.message.includes('U+002D') && indexed(text, path)),
        };
        continue;
      }
      for (const { name, near, certain } of unknownFunctions(reads.functions)) {
        yield {
          at: { resource, path },
          ...(!certain && { severity: 'warning' as const }),
          message: `the template cannot be parsed: function "${name}" not defined${didYouMean(near)}`,
        };
      }
      for (const { name, count, takes } of wrongCalls(reads.arguments)) {
        yield {
          at: { resource, path },
          message: `the template fails: ${name} must have ${takes} argument${takes === '1' ? '' : 's'}, with what is piped into it, and has ${count}`,
          remedy: 'give the function the arguments that it takes: what stands before "|" is its last',
        };
      }
    }
  },
};

/** `.tls-key`, which Go reads as `.tls` and a stray dash. */
const dashed = /\{\{[^{}"`]*?[\s({]\.([A-Za-z_]\w*(?:[-.]\w+)*-[\w.-]*\w)/;

function indexed(text: string, path: Path): { readonly fix?: Fix } {
  const key = dashed.exec(text)?.[1];
  return key === undefined ? {} : withIndex(text, path, key);
}

function hint(text: string): string {
  const key = dashed.exec(text)?.[1];
  return key === undefined ? '' : `; write {{ index . "${key}" }}`;
}
