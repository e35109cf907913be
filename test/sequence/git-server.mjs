// Serves one bare repository to be read over HTTP, as Flux's source-controller asks for it (Git's "smart" protocol):
// node test/sequence/git-server.mjs REPOSITORY PORT [HOST]
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createGunzip } from 'node:zlib';

const [repository, port, host = '127.0.0.1'] = process.argv.slice(2);
const service = 'git-upload-pack';

function uploadPack(request, response, type, flags) {
  response.writeHead(200, { 'content-type': `application/x-${service}-${type}`, 'cache-control': 'no-cache' });
  const protocol = request.headers['git-protocol'];
  const env = { ...process.env, ...(protocol === undefined ? {} : { GIT_PROTOCOL: protocol }) };
  return spawn('git', ['upload-pack', '--stateless-rpc', ...flags, repository], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (request.method === 'GET' && pathname === '/tree.git/info/refs' && searchParams.get('service') === service) {
    const child = uploadPack(request, response, 'advertisement', ['--advertise-refs']);
    const line = `# service=${service}\n`;
    response.write(`${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`);
    child.stdout.pipe(response);
  } else if (request.method === 'POST' && pathname === `/tree.git/${service}`) {
    const child = uploadPack(request, response, 'result', []);
    const zipped = request.headers['content-encoding'] === 'gzip';
    (zipped ? request.pipe(createGunzip()) : request).pipe(child.stdin);
    child.stdout.pipe(response);
  } else {
    response.writeHead(404).end();
  }
}).listen(Number(port), host, function () {
  console.log(`http://${host}:${this.address().port}/tree.git`);
});
