import { EspalierError } from '../../errors';
import { ChartFault } from '../charts/fault';
import { makeHttp, shown } from '../charts/http';

/** For so long is waited for an answer, in milliseconds. */
const limits = { stall: 30_000, total: 60_000, redirects: 5 };

/**
 * A text of the network: over https alone, and never from an address that is not on the public internet, as with charts.
 *
 * @param hosts those that may be anywhere, and speak plain HTTP
 * @param maximum the most bytes
 * @throws EspalierError where nothing sound comes of it
 */
export async function download(
  address: string,
  { hosts, maximum }: { readonly hosts: readonly string[]; readonly maximum: number },
): Promise<{ readonly origin: string; readonly text: string }> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) throw new EspalierError(`${JSON.stringify(address)} is not a URL.`);
  // What may be a credential is not repeated.
  const origin = shown(url);
  const instead = 'Correct the URL, or download it yourself and give the file.';
  if (url.username !== '' || url.password !== '') {
    throw new EspalierError(`${origin} is not read with credentials. Download it yourself, and give the file.`);
  }
  try {
    const { status, body } = await makeHttp(hosts, limits).ask(url, { maximum, compressed: true });
    if (status !== 200) throw new EspalierError(`${origin} answers ${status}. ${instead}`);
    return { origin, text: body.toString('utf8') };
  } catch (error) {
    if (error instanceof ChartFault) throw new EspalierError(`${error.message}. ${error.fix ?? instead}`);
    throw error;
  }
}
