/** An address without what logs somebody in: the user and password before the host, and a query. */
export function address(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
}
