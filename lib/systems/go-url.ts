/** What Go's net/url makes of an address: its scheme and host; undefined where it fails. (1.26: net/url/url.go, parse) */
export function goUrl(text: string): { readonly scheme: string; readonly host: string } | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it fails for.
  if (/[\x00-\x1f\x7f]/.test(text) || text.startsWith(':') || /%(?![\da-f]{2})/i.test(text)) return undefined;
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z\d+.-]*):)?(.*)$/is.exec(text.replace(/#.*$/s, '')) ?? [];
  const path = rest.replace(/\?.*$/s, '');
  if (!path.startsWith('//')) {
    // Without a scheme, what stands before a colon is none: 127.0.0.1:80
    const bad = scheme === '' && !path.startsWith('/') && /^[^/]*:/.test(path);
    return bad ? undefined : { scheme: scheme.toLowerCase(), host: '' };
  }
  const authority = /^\/\/([^/]*)/.exec(path)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const bad = /[\s"<>\\^`{|}]/.test(host) || !/^(?:\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/.test(host);
  return bad ? undefined : { scheme: scheme.toLowerCase(), host };
}
