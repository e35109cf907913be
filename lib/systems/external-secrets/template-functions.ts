import { nearest } from '../../text/nearest';

/** The functions of External Secrets' templates: its own and those of sprig (2.9, runtime/template/v2: FuncMap), and Go's (text/template). */
const functions: ReadonlySet<string> = new Set(
  (
    'abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt ' +
    'biggest buildCustomCert camelcase cat ceil certSANs chunk clean coalesce compact concat contains date dateInZone ' +
    'dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf ' +
    'duration durationRound empty encryptAES ext fail filterCertChain filterPEM first float64 floor fromJson fromYaml ' +
    'fullPemToPkcs12 fullPemToPkcs12Pass genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey ' +
    'genSignedCert genSignedCertWithKey get has hasKey hasPrefix hasSuffix hello hexdec htmlDate htmlDateInZone htpasswd ' +
    'indent initial initials int int64 isAbs join jwkPrivateKeyPem jwkPublicKeyPem kebabcase keys kindIs kindOf last list ' +
    'lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy ' +
    'mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind ' +
    'mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse ' +
    'mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace ' +
    'now omit osBase osClean osDir osExt osIsAbs pemToPkcs12 pemToPkcs12Pass pemTruststoreToPKCS12 ' +
    'pemTruststoreToPKCS12Pass pick pkcs12cert pkcs12certPass pkcs12key pkcs12keyPass pluck plural prepend push quote ' +
    'randAlpha randAlphaNum randAscii randBytes randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta ' +
    'regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest reverse round rsaDecrypt semver semverCompare ' +
    'seq set sha1sum sha256sum sha512sum shuffle slice snakecase sortAlpha split splitList splitn squote sub subf substr ' +
    'swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings toYaml trim trimAll ' +
    'trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper ' +
    'urlJoin urlParse uuidv4 values without wrap wrapWith' +
    ' and call eq ge gt html index js le len lt ne not or print printf println slice urlquery'
  ).split(' '),
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
    const near = ofOthers.has(name) ? undefined : nearest(name, [...functions]);
    return [{ name, near, certain: ofOthers.has(name) || near !== undefined }];
  });
}
