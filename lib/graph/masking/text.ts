import { display } from '../substitution';
import { maskForms } from './forms';
import { isCredentialValue, isNameLike, saysName } from './names';
import { hidden, hideLines, isReference } from './reference';

/**
 * A text that may be shown: without the credentials that show by their form, or by what stands before them: `password: …`,
 * `--token …`, `curl -u user:…`. Its lines stay as many.
 */
export function maskLines(text: string): string {
  return new Lines().masked(maskCommands(hidePrivateKeys(maskForms(text))));
}

/** What is left of a key of which only the beginning or the end is there. */
function hidePrivateKeys(text: string): string {
  return text.includes('PRIVATE KEY')
    ? text.replace(
        /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[\s\S]*$|^[\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/,
        hideLines,
      )
    : text;
}

/** Lines of a file of settings or of a script, which tell of one another: a key whose value goes on further in, `value` behind `name`. */
class Lines {
  /** What is further in than this is of a credential. */
  private deeper: { readonly indent: number; readonly all: boolean } | undefined;
  /** What the item that the lines are of is called, and how far in it stands. */
  private called: { readonly name: string; readonly indent: number } | undefined;
  private option: string | undefined;
  private quote: string | undefined;
  /** Whether they are a list of arguments of a program that takes a password behind `-p` at once. */
  private client = false;
  /** Whether there is a Secret among the objects that they tell of, whose data may stand before its kind. */
  private secret = false;

  masked(text: string): string {
    this.secret = /^[\s-]*["']?kind["']?\s*:\s*["']?Secret\b/im.test(text);
    return text
      .split('\n')
      .map((line) => this.line(line))
      .join('\n');
  }

  private line(line: string): string {
    if (line.trim() === '') return line;
    const lead = /^[\s-]*/.exec(line)?.[0] ?? '';
    const indent = lead.length;
    if (this.quote !== undefined) {
      if (line.includes(this.quote)) this.quote = undefined;
      return lead + hidden;
    }
    if (this.deeper !== undefined && indent > this.deeper.indent) {
      if (this.deeper.all || !/^[\s-]*["']?[\w./-]+["']?\s*:/.test(line)) return lead + hidden;
    } else this.deeper = undefined;
    return this.open(line, lead, indent);
  }

  private open(line: string, lead: string, indent: number): string {
    const option = this.option;
    const [, start = '', word = ''] = /^(\s*-\s+)["']?(\S+?)["']?,?\s*$/.exec(line) ?? [];
    if (databaseClient.test(word)) this.client = true;
    if (this.client && /^-p./.test(word)) return `${start}-p${hidden}`;
    const item = /^(\s*-\s+)["']?(--?[\w-]+)["']?,?\s*$/.exec(line);
    this.option = item?.[2];
    if (option !== undefined && item === null && /^\s*-\s/.test(line)) {
      const value = line.slice(lead.length).replace(/^["']|["']$/g, '');
      if (isOptionValue(option, value)) return lead + hidden;
    }
    const pair = /^[\s-]*["']?([\w./-]{1,200})["']?\s*:(?:\s+(.*))?$/.exec(line);
    if (pair === null) return maskWords(line) ?? maskLine(line);
    const [, key = '', value = ''] = pair;
    this.client = false;
    if (this.called !== undefined && indent < this.called.indent) this.called = undefined;
    if (/^(?:name|key)$/.test(key)) this.called = { name: unquoted(value), indent };
    // What a JSON patch sets.
    if (key === 'path' && /^["']?\//.test(value)) {
      const steps = unquoted(value).split('/');
      const isSecret = steps.includes('data') || steps.includes('stringData');
      this.called = { name: isSecret ? 'password' : (steps.at(-1) ?? ''), indent };
    }
    const name = key === 'value' && this.called?.indent === indent ? this.called.name : key;
    const says = saysName(name);
    const isData = /^(?:stringData|binaryData|secrets)$/.test(key) || (this.secret && key === 'data');
    if (isData && value === '') this.deeper = { indent, all: true };
    if (says === undefined || isData) return maskLine(line);
    // A text whose lines follow, or one that is not ended on its line.
    if (/^[|>]/.test(value)) this.deeper = { indent, all: true };
    else if (says === 'credential') this.deeper = { indent, all: isCredentialValue(name, unquoted(value)) };
    const [quote = ''] = /^["']/.exec(value) ?? [];
    if (quote !== '' && says === 'credential' && !value.slice(1).includes(quote)) this.quote = quote;
    if (value === '' || /^[|>&*!][\w-]*$/.test(value) || /^[{[]/.test(value)) return maskLine(line);
    return isCredentialValue(name, unquoted(value)) || this.quote !== undefined
      ? line.slice(0, line.length - value.length) + quote + hidden + (this.quote === undefined ? quote : '')
      : maskLine(line);
  }
}

/** A line of two words, as some programs are set up by: `requirepass …`. */
function maskWords(line: string): string | undefined {
  const [, lead = '', name = '', value = ''] =
    /^(\s*([\w.-]{1,200})\s+["']?)([^\s"'<>|&]+)["']?;?\s*$/.exec(line) ?? [];
  return saysName(name) === 'credential' && !isNameLike(value) && isCredentialValue(name, value)
    ? lead + hidden
    : undefined;
}

function unquoted(text: string): string {
  const whole = text
    .replace(/\s+#.*$/, '')
    .trim()
    .replace(/,$/, '');
  return /^(["'])(.*)\1$/s.exec(whole)?.[2] ?? whole;
}

const aValue = String.raw`(\$\([^()\n]*\)|"[^"]*"|'[^']*'|(?![[{])[^\s"',;&]+)`;
/** A name and a value, perhaps after an escaped end of line. What begins with a bracket holds other pairs, or is filled in. */
const pairs = new RegExp(
  String.raw`(\\[nrt]|(?<![\w.\-/@]|\$\{))([\w.-]{1,100})(\\?["']?\s*(?::=|=>|[:=])\s*\\?)${aValue}`,
  'g',
);
/** An option and its value: between words of a sentence there is but a space, too, but no dashes before them. */
const options = new RegExp(String.raw`(?<![\w.-])(--[\w.-]{1,100})(\s+|\\?["']\s*,\s*\\?)${aValue}`, 'g');
/** What Flux puts in the place of a variable that is not there: `${API_TOKEN:-…}`. */
const defaults = /(\$\{(\w{1,100}):?[-=])([^{}\n]+)(?=\})/g;
/** What a request is authorized by, behind the scheme that it is told with. */
const authorization =
  /(\bAuthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:Bearer|Basic|Token|ApiKey)\s+)?)(?![\s${(<]|(?:Bearer|Basic|Token|ApiKey)\b)([^\s"',]{4,})|(\b(?:Bearer|Basic)\s+)(?=[\w+/.-]*\d)([\w+/.=-]{12,})/gi;

/** Elements and attributes of XML, constants of PHP: a name, and a value behind it. */
const named: readonly RegExp[] = [
  /(<([\w.-]{1,100})>)([^<>]+)(?=<\/\2>)/g,
  /(\b(?:name|key)=["']([\w.-]{1,100})["']\s+value=["'])([^"']+)/g,
  /(\bdefine\(\s*["'](\w{1,100})["']\s*,\s*["'])([^"']+)/g,
];

/** How deep values are looked for within values: `a=b=c`, `${A:-${B:-c}}`. What lies deeper is hidden. */
const deepest = 20;

/** One line. */
export function maskLine(line: string, depth = 0): string {
  if (depth > deepest) return hidden;
  const setting =
    /^(\s*(?:-\s+)?(?:export\s+|set\s+|ENV\s+|ARG\s+)?)([\w.-]{1,200})(\s*=\s*)([^\s"']\S*|(?<=\s=\s+)\S.*)$/.exec(
      line,
    );
  if (setting !== null) {
    const [, lead = '', name = '', between = '', value = ''] = setting;
    if (isCredentialValue(name, unquoted(value))) return `${lead}${name}${between}${hidden}`;
  }
  let open = line;
  for (const pattern of /<|value=|define/.test(line) ? named : []) {
    open = open.replace(pattern, (all, lead: string, name: string, given: string) =>
      isCredentialValue(name, given) ? lead + hidden : all,
    );
  }
  return open
    .replace(defaults, (all, lead: string, name: string, word: string) =>
      isCredentialValue(name, word) ? lead + hidden : all,
    )
    .replace(authorization, (all, lead: string | undefined, value: string, scheme: string) =>
      lead === undefined ? `${scheme}${hidden}` : isReference(value) ? all : `${lead}${hidden}`,
    )
    .replace(options, (all, key: string, between: string, given: string) => {
      const [, quote = '', inner = given] = /^(["'])(.*)\1$/s.exec(given) ?? [];
      return isCredentialValue(key, inner) ? `${key}${between}${quote}${hidden}${quote}` : all;
    })
    .replace(/(^\s*(?:-\s+)?["']?-p)([^\s"'=]+)(?=["']?,?\s*$)/, (all, lead: string, given: string) =>
      isOptionValue('-p', given) ? `${lead}${hidden}` : all,
    )
    .replace(pairs, (_, lead: string, key: string, between: string, given: string, at: number, all: string) => {
      const [, quote = '', inner = given] = /^(["'])(.*)\1$/s.exec(given) ?? [];
      // `one more pass: a word`: within a sentence, what reads like a word is one.
      const isProse = /^:\s/.test(between) && /[A-Za-z]\s$/.test(all.slice(0, at)) && isNameLike(inner);
      const shown =
        !isProse && isCredentialValue(key, inner) ? hidden : /[:=]|--/.test(inner) ? maskLine(inner, depth + 1) : inner;
      return `${lead}${key}${between}${quote}${shown}${quote}`;
    });
}

/** Whether what stands behind an option, or as the value of a name, is a credential. */
export function isOptionValue(option: string, value: string): boolean {
  if (option === '-p')
    return /\D/.test(value) && !/^[\d.:/-]+(?:tcp|udp)?$/.test(value) && !isNameLike(value) && !isReference(value);
  return isCredentialValue(option, value);
}

/** What a credential stands behind in commands and languages; the group `secret` is hidden. */
const commands: readonly RegExp[] = [
  /(?<=(?:^|\s|["',])(?:-u|--user|--proxy-user|--basic-auth|--http-user)(?:[\s=]+|["']\s*,\s*)["']?[^\s:"'${]{1,100}:)(?<secret>[^\s"']+)/g,
  /(?<=\b(?:mysql|mariadb|mysqldump|mysqladmin|mysqlcheck|mysqlimport|mariadb-\w+|mongo|mongosh|mongodump|mongorestore|sshpass|7z|7za|unzip|zip)\b[^\n|;&]{0,300}?\s["']?-p)(?<secret>[^\s"',-][^\s"',]*)/g,
  /(?<=\b(?:login|mongo|mongosh|mongodump|mongorestore|sshpass)\b[^\n|;&]{0,300}?\s["']?-p["']?[\s,]+["']?)(?<secret>[^\s"',-][^\s"',]*)/g,
  /(?<=\bcurl\b[^\n|;&]{0,300}?\s-u[^\s:"'${]{1,100}:)(?<secret>[^\s"']+)/g,
  /(?<=\buser\s+\S{1,200}\s+(?:on|off)\s[^\n]{0,300}?>)(?<secret>[^\s"',]+)/g,
  /(?<=\bredis-cli\b[^\n|;&]{0,300}?\s["']?(?:-a|--pass)["']?[\s,]+["']?)(?<secret>[^\s"',]+)/g,
  /(?<=\bldap\w+\b[^\n|;&]{0,300}?\s["']?-w["']?[\s,]+["']?)(?<secret>[^\s"',]+)/g,
  /(?<=\b(?:PASSWORD|IDENTIFIED\s+(?:WITH\s+\S+\s+)?(?:BY|AS))(?:\s*[=(]\s*|\s+)(?:PASSWORD\s+)?E?)(?<secret>'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|\\.)*"|\$(\w*)\$.*?\$\2\$)/gis,
  /(?<=(?:^|\n)\s*(?:requirepass|masterauth|AUTH)\s+["']?)(?<secret>[^\s"']+)/g,
  /(?<=\b(?:login|user)\s+\S{1,200}\s+password\s+)(?<secret>\S+)/g,
  /(?<=\becho\s+(?:-n\s+)?["']?)(?<secret>[^\s"'|]+)(?=["']?\s*\|[^\n]{0,300}(?:--password-stdin|passwd|--stdin|vault login|with-token))/g,
  /(?<=\bvault\s+login\s+(?:-\S+\s+)*)(?<secret>[^\s=-][^\s=]*)(?=\s|$|["'])/g,
  /(?<=--from-literal[=\s]["']?[\w.-]{1,200}=)(?<secret>[^\s"']+)/g,
  /(?<=\b(?:pass|file-?pass):)(?<secret>(?!\/)[^\s"',]{4,})/g,
  /(?<=\bopenssl\b[^\n|;&]{0,300}?\s["']?-[kK]["']?[\s,]+["']?)(?<secret>[^\s"',]+)/g,
  /(?<=\bmc\s+(?:-\S+\s+)*(?:alias\s+set|config\s+host\s+add)\s+\S+\s+\S+\s+\S+\s+)(?<secret>"[^"\n]+"|'[^'\n]+'|[^\s"']+)/g,
  // A line of pgbouncer's userlist.txt.
  /(?<=(?:^|\n)[^\S\n]*"[^"\n]{1,100}"[^\S\n]+")(?<secret>[^"\n]+)(?="[^\S\n]*(?:\n|$))/g,
];

const commandHint =
  /-[upawU]\b|-[pu]\S|\bo(?:n|ff)\s+\S*\s*>|--user|--proxy|--basic|password|identified|requirepass|masterauth|AUTH\s|stdin|vault login|with-token|--from-literal|pass:|passwd|\bopenssl\b|\bmc\s|"[^\S\n]+"/i;

function maskCommands(text: string): string {
  if (!commandHint.test(text)) return text;
  let shown = text;
  for (const pattern of commands) {
    shown = shown.replace(pattern, (...found: unknown[]) => {
      const secret = String(found[0]);
      const [, quote = '', inner = secret] = /^(["'])(.*)\1$/s.exec(secret) ?? [];
      // A user and a group are numbers: `-u 1000:1000`.
      return isReference(inner) || /^\d{1,5}$/.test(inner) ? secret : quote + hideLines(inner) + quote;
    });
  }
  return shown;
}

/** A program that takes a password behind `-p` at once. */
export const databaseClient = /^(?:\S*\/)?(?:mysql|mariadb|mongo|sshpass)\w*$/;

/** The option that stands before an item of a list of arguments: what a credential is called there. */
export function optionBefore(items: readonly unknown[], i: number): string | undefined {
  const before = items[i - 1];
  return typeof before === 'string' && /^--?[\w-]{1,100}$/.test(before) ? before : undefined;
}

/** A text on one line with what it is called: `(hidden)` where that makes it a credential. */
export function maskNamed(name: string, text: string): string {
  if (isCredentialValue(name, text)) return hidden;
  const given = /^(--?)?([\w.-]{1,200})=(\S*)$/.exec(display(text));
  if (given !== null && isCredentialValue(given[2] ?? '', given[3] ?? ''))
    return `${given[1] ?? ''}${given[2]}=${hidden}`;
  return maskLines(text);
}
