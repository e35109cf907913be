import { nearest } from '../../text/nearest';

/**
 * The functions of External Secrets' templates, by how many arguments they take, with `-` at least: its own and those of sprig (2.9,
 * runtime/template/v2: FuncMap), and Go's (text/template).
 */
const byArguments: Readonly<Record<string, string>> = {
  '0-': 'add addf all any cat coalesce concat dict dig html js keys list print println quote seq squote tuple urlquery',
  0: 'hello now uuidv4',
  '1-':
    'and biggest call default divf index max maxf merge mergeOverwrite min minf mul mulf mustMerge mustMergeOverwrite ' +
    'mustSlice mustWithout omit or pick pluck printf slice subf without',
  1:
    'add1 add1f adler32sum ago atoi b32dec b32enc b64dec b64enc base bcrypt camelcase ceil certSANs clean compact deepCopy ' +
    'dir duration durationRound empty ext fail first float64 floor fromJson fromYaml genPrivateKey hexdec htmlDate initial ' +
    'initials int int64 isAbs jwkPrivateKeyPem jwkPublicKeyPem kebabcase kindOf last len lower mustCompact mustDeepCopy ' +
    'mustFirst mustFromJson mustInitial mustLast mustRest mustReverse mustToJson mustToPrettyJson mustToRawJson mustUniq ' +
    'nospace not osBase osClean osDir osExt osIsAbs pemTruststoreToPKCS12 pkcs12cert pkcs12key randAlpha randAlphaNum ' +
    'randAscii randBytes randNumeric regexQuoteMeta rest reverse semver sha1sum sha256sum sha512sum shuffle snakecase ' +
    'sortAlpha swapcase title toDecimal toJson toPrettyJson toRawJson toString toStrings toYaml trim typeOf uniq unixEpoch ' +
    'until untitle upper urlJoin urlParse values',
  '2-': 'eq round',
  2:
    'abbrev append buildCustomCert chunk contains date dateModify date_modify decryptAES deepEqual div encryptAES ' +
    'filterCertChain filterPEM fullPemToPkcs12 ge genCA get gt has hasKey hasPrefix hasSuffix htmlDateInZone indent join ' +
    'kindIs le lt mod mustAppend mustChunk mustDateModify mustHas mustPrepend mustPush mustRegexFind mustRegexMatch ' +
    'mustToDate must_date_modify ne nindent pemToPkcs12 pemTruststoreToPKCS12Pass pkcs12certPass pkcs12keyPass prepend push ' +
    'randInt regexFind regexMatch repeat semverCompare split splitList sub toDate trimAll trimPrefix trimSuffix trimall ' +
    'trunc typeIs typeIsLike unset wrap',
  3:
    'abbrevboth dateInZone date_in_zone fullPemToPkcs12Pass genCAWithKey htpasswd mustRegexFindAll mustRegexReplaceAll ' +
    'mustRegexReplaceAllLiteral mustRegexSplit pemToPkcs12Pass plural regexFindAll regexReplaceAll regexReplaceAllLiteral ' +
    'regexSplit replace set splitn substr ternary untilStep wrapWith',
  4: 'genSelfSignedCert rsaDecrypt',
  5: 'derivePassword genSelfSignedCertWithKey genSignedCert',
  6: 'genSignedCertWithKey',
};

/** How many arguments each takes, at least and at most. */
const functions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map(
  Object.entries(byArguments).flatMap(([count, names]) => {
    const least = Number.parseInt(count, 10);
    const most = count.endsWith('-') ? Number.POSITIVE_INFINITY : least;
    return names.split(' ').map((name) => [name, [least, most]] as const);
  }),
);

/** Functions that Helm defines for its charts, and those of sprig that External Secrets takes away. (runtime/template/v2/template.go) */
const ofOthers: ReadonlySet<string> = new Set(
  'include tpl required lookup toToml fromToml fromYamlArray fromJsonArray env expandenv'.split(' '),
);

/** A function that External Secrets 2.9 does not have. */
export interface UnknownFunction {
  readonly name: string;
  /** What was meant, as far as one can tell. */
  readonly near: string | undefined;
  /** Whether no version of External Secrets is likely to have it. */
  readonly certain: boolean;
}

/** The functions that a template names and that there are not: Go refuses the template then. */
export function unknownFunctions(names: Iterable<string>): UnknownFunction[] {
  return [...names].flatMap((name) => {
    if (functions.has(name)) return [];
    const near = ofOthers.has(name) ? undefined : nearest(name, [...functions.keys()]);
    return [{ name, near, certain: ofOthers.has(name) || near !== undefined }];
  });
}

/** A call that Go refuses when it comes to it, since the function takes another number of arguments. */
export interface WrongCall {
  readonly name: string;
  readonly count: number;
  /** How many it takes. */
  readonly takes: string;
}

/** The calls of a template with more or fewer arguments than the function takes; what is piped into it is the last. */
export function wrongCalls(calls: readonly (readonly [name: string, count: number])[]): WrongCall[] {
  return calls.flatMap(([name, count]) => {
    const [least, most] = functions.get(name) ?? [0, Number.POSITIVE_INFINITY];
    if (count >= least && count <= most) return [];
    return [{ name, count, takes: most === least ? `${least}` : `at least ${least}` }];
  });
}
