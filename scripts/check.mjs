// What `npm run check` runs: lint, types, the dependency rule and the names of properties at the same time; each prints when it is done.
import { spawn } from 'node:child_process';

const parts = ['lint', 'types', 'dependency-rule', 'properties -- --check'];
const codes = await Promise.all(
  parts.map(
    (part) =>
      new Promise((done) => {
        const npm = spawn('npm', ['run', '--silent', ...part.split(' ')], { shell: process.platform === 'win32' });
        const output = [];
        npm.stdout.on('data', (chunk) => output.push(chunk));
        npm.stderr.on('data', (chunk) => output.push(chunk));
        npm.on('close', (code) => {
          process.stdout.write(Buffer.concat(output));
          done(code);
        });
      }),
  ),
);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
