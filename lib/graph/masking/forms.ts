import { hidden, hideLines, isReference } from './reference';

/** A form that only credentials have, with what it is. Of what a pattern finds, the group `secret` is hidden, or all of it. */
interface Form {
  readonly pattern: RegExp;
  readonly what: string;
}

const form = (what: string, pattern: RegExp): Form => ({ pattern, what });
/** A prefix and what follows, such as `ghp_…`: words begin before it. */
const token = (what: string, source: string): Form => form(what, new RegExp(`(?<![A-Za-z0-9_-])(?:${source})`, 'g'));

export const awsKeyId = 'an AWS access key';

/**
 * The known forms. What prefixes there are is also what gitleaks (config/gitleaks.toml, 8.2x), trufflehog (pkg/detectors) and
 * detect-secrets know; https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns.
 */
const forms: readonly Form[] = [
  form(
    'a private key',
    /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY( BLOCK)?-----[\s\S]*?(?:-----END \1PRIVATE KEY\2-----|$(?![\s\S]))/g,
  ),
  token('an age key', 'AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{5,}'),
  token('a GitHub token', 'gh[pousr]_[A-Za-z0-9]{10,}|github_pat_\\w{10,}'),
  token('a GitLab token', 'gl(?:pat|ptt|dt|rt|rtr|cbt|ft|soat|agent|oas|imt|ffct)-[\\w-]{10,}|GR1348941[\\w-]{10,}'),
  token(awsKeyId, '(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12,}'),
  token('a Slack token', 'xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,}|xapp-\\d-[\\w-]{10,}'),
  form('a Slack webhook', /\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[^\s"'<>)\]]+)/g),
  form(
    'a Discord webhook',
    /\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/(?:\d+\/)?(?!\d+(?:\/|$))(?<secret>[^\s"'<>)\]]+)/g,
  ),
  form(
    'a Teams webhook',
    /\b(?:webhook\.office|logic\.azure)\.com(?::\d+)?\/(?:webhook|workflows)(?<secret>[^\s"'<>)\]]+)/g,
  ),
  form(
    'a Google Chat webhook',
    /\bchat\.googleapis\.com\/[^\s"'<>?]*\?(?<secret>(?=[^\s"'<>]*\b(?:key|token)=)[^\s"'<>)\]]+)/g,
  ),
  form('a webhook', /\/(?:hooks|webhooks?)\/(?<secret>(?=[^\s"'<>/]*\d)(?=[^\s"'<>/]*[A-Za-z])[\w-]{20,})/g),
  token('a Vault token', 'hv[sbr]\\.[\\w-]{10,}'),
  token('a Stripe key', '[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{10,}'),
  token(
    'a key of an AI service',
    'sk-(?:proj|ant|svcacct|admin|or|lf)-[\\w-]{10,}|sk-[A-Za-z0-9]{16,}|gsk_\\w{16,}|hf_[A-Za-z0-9]{16,}',
  ),
  token('a Google key', 'AIza[\\w-]{20,}|ya29\\.[\\w-]{10,}|GOCSPX-[\\w-]{10,}|1//0[\\w-]{20,}'),
  token(
    'a token of a registry',
    'npm_[A-Za-z0-9]{16,}|dckr_(?:pat|oat)_[\\w-]{10,}|pypi-[\\w-]{16,}|rubygems_[a-f0-9]{16,}|cio[A-Za-z0-9]{32}',
  ),
  token('a SendGrid key', 'SG\\.[\\w-]{10,}\\.[\\w-]{10,}'),
  token('a Telegram token', '\\d{8,10}:AA[\\w-]{20,}'),
  token('a Discord token', '[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,}'),
  token('a Shopify token', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,}'),
  token('a DigitalOcean token', 'do[opr]_v1_[a-f0-9]{16,}'),
  token('a Doppler token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{10,}'),
  token('a Grafana token', 'gls?a_\\w{16,}|glc_[A-Za-z0-9+/=]{16,}'),
  token('a Tailscale key', 'tskey-[a-z]+-[\\w-]{8,}'),
  token('a Pulumi token', 'pul-[a-f0-9]{16,}'),
  token('an Atlassian token', 'AT(?:ATT3|CTT3|BB)[\\w=-]{16,}'),
  token(
    'a token of a service',
    'lin_api_\\w{16,}|sntry[su]_[\\w.=/+-]{16,}|ntn_\\w{16,}|PMAK-[\\w-]{16,}|NRAK-\\w{16,}|dapi[a-f0-9]{32}|figd_[\\w-]{16,}|sbp_[a-f0-9]{16,}',
  ),
  token('a JSON Web Token', 'eyJ[\\w-]{4,}\\.[\\w-]{4,}\\.[\\w-]*'),
  // Schemes are short; looked for at each character of a long text, they must be.
  form(
    'a URL with a password',
    /(?<=(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,40}:\/\/[^\s/:@<>"']{0,200}:)(?<secret>[^\s/@"'<>]+|\$\{[^}\s]*\}[^\s/@"'<>]*)(?=@[^\s/])/gi,
  ),
  form(
    'a URL with a token',
    /(?<=(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,40}:\/\/)(?<secret>(?=[^\s/:@]*\d)[A-Za-z0-9_-]{16,})(?=@[^\s/])/gi,
  ),
  form(
    'a connection with a password',
    /(?<=(?:^|[\s"'=])[\w.-]{1,100}:)(?<secret>[^\s:@"'<>]+)(?=@(?:tcp|udp|unix)\()/g,
  ),
];

/** What no rule finds fault with, and nobody need see: hashes of passwords can be guessed at, pings be sent by anybody. */
const discreet: readonly Form[] = [
  token(
    'a password hash',
    '\\$\\$?(?:2[abxy]\\$\\$?\\d\\d\\$\\$?[A-Za-z0-9./]{8,}|(?:apr1|[156y]|argon2(?:id|i|d)?)\\$\\$?[A-Za-z0-9./=,]{1,60}\\$\\$?[A-Za-z0-9./$+=,]{8,})',
  ),
  form('an id of healthchecks.io', /\b(?:hc-ping\.com|healthchecks\.io\/ping)\/(?<secret>[\w-]{20,})/g),
];

/** Beginnings of all of them: to look for each form in each text of a tree would take long. */
const hint =
  /:\/\/|@(?:tcp|udp|unix)\(|\$(?:2[abxy]|apr1|[156y]|argon2)\$|PRIVATE KEY|eyJ|\.com[/:]|healthchecks\.io|hooks?\/|A(?:KIA|SIA|BIA|CCA|GE-SECRET|Iza|TATT3|TCTT3|TBB)|gh[pousr]_|github_pat|gl[a-z]{1,5}-|gl(?:sa|c|s)_|GR13|GOCSPX|xox[a-z]|xapp-|hv[sbr]\.|[sr]k[-_]|whsec_|gsk_|hf_|ya29|1\/\/0|npm_|dckr_|pypi-|rubygems_|cio[A-Z]|SG\.|:AA|[MNO][\w-]{22,27}\.|shp|do[opr]_v1|dp\.|tskey-|pul-|lin_api|sntry|ntn_|PMAK|NRAK|dapi|figd_|sbp_/;

/** What credential a text shows by its form; undefined where it shows none. */
export function formIn(text: string): string | undefined {
  if (!hint.test(text)) return undefined;
  for (const { pattern, what } of forms) {
    for (const match of text.matchAll(pattern)) {
      const secret = match.groups?.secret ?? match[0];
      if (!isReference(secret) && !isSample(secret)) return what;
    }
  }
  return undefined;
}

/** A text without the credentials that show by their form; of as many lines. */
export function maskForms(text: string): string {
  if (!hint.test(text)) return text;
  let shown = text;
  for (const { pattern } of [...forms, ...discreet]) {
    shown = shown.replace(pattern, (...found: unknown[]) => {
      const whole = String(found[0]);
      const groups = found[found.length - 1] as { secret?: string } | undefined;
      const secret = typeof groups === 'object' ? groups?.secret : undefined;
      if (isReference(secret ?? whole)) return whole;
      return secret === undefined ? hideLines(whole) : whole.slice(0, whole.length - secret.length) + hidden;
    });
  }
  return shown;
}

/** `ghp_xxxxxxxxxxxx`, `password`: what documentation writes. */
function isSample(secret: string): boolean {
  return /(.)\1{5}|^(?:pass(?:word|wd)?|secret|change-?_?me|your.*|my.*|x+|\*+|\.+|token)$|example/i.test(secret);
}
