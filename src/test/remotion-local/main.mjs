// Serves the real Remotion function on a free port of 127.0.0.1 until SIGINT, SIGTERM or the end of its input.
// Prints one line of JSON to standard output when it is ready.
import fs from 'node:fs';
import path from 'node:path';
import {Environments} from './environment.mjs';
import {lambdaServer} from './lambda.mjs';

const cache = process.argv[2];
const version = JSON.parse(fs.readFileSync(new URL('package.json', import.meta.url))).dependencies['@remotion/lambda'];

// Remotion reads memory, disk and timeout out of the name, so the name says what the environments have.
const deployed = {version, memoryMb: 2048, diskMb: 2048, timeoutSeconds: 120};
deployed.name =
  `remotion-render-${version.replaceAll('.', '-')}-mem${deployed.memoryMb}mb-disk${deployed.diskMb}mb-${deployed.timeoutSeconds}sec`;

const environments = new Environments(deployed, cache);
const server = lambdaServer(deployed.name, environments, path.join(cache, 'bundle'));

function stop() {
  environments.close();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// Whoever started this and died, even by SIGKILL, leaves a closed pipe behind.
process.stdin.on('end', stop).resume();

server.listen(0, '127.0.0.1', async () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  if (!(await environments.open(endpoint))) {
    console.error(`remotion-local: the function's environment did not start; ${cache}/function.log says why`);
    process.exit(70);
  }
  const ready = {
    endpoint,
    functionName: deployed.name,
    serveUrl: `${endpoint}/site/index.html`,
    binaries: path.join(cache, 'root/task'),
  };
  console.log(JSON.stringify(ready));
});
