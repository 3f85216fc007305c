// Execution environments: one process in namespaces of its own for each invocation, and one spare that is already warm.
import {spawn} from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const region = process.env.AWS_REGION ?? 'us-east-1';

export class Environments {
  #deployed;
  #cache;
  #log;
  #variables;
  #spare;
  #running = new Set();

  constructor(deployed, cache) {
    this.#deployed = deployed;
    this.#cache = cache;
    this.#log = fs.openSync(path.join(cache, 'function.log'), 'w');
  }

  // Starts the first environment, whose function reaches Lambda, that is itself, at the endpoint.
  // Resolves with whether it came up.
  open(endpoint) {
    this.#variables = {
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      HOME: '/tmp',
      TZ: ':UTC',
      LANG: 'en_US.UTF-8',
      AWS_REGION: region,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: this.#deployed.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(this.#deployed.memoryMb),
      // Every service but S3: nothing the function calls may leave this machine.
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: process.env.AWS_ENDPOINT_URL_S3,
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY,
      ...(process.env.AWS_SESSION_TOKEN && {AWS_SESSION_TOKEN: process.env.AWS_SESSION_TOKEN}),
      SANDBOX_ROOT: path.join(this.#cache, 'root'),
      SANDBOX_NODE: process.execPath,
      SANDBOX_DISK_MB: String(this.#deployed.diskMb),
      SANDBOX_HOST_MOUNTS: fs.readlinkSync('/proc/self/ns/mnt'),
    };
    this.#spare = this.#start();
    const ready = new Promise((resolve) => this.#spare.once('message', () => resolve(true)));
    return Promise.race([ready, this.#spare.exited.then(() => false)]);
  }

  close() {
    this.#spare?.kill('SIGKILL');
    this.#running.forEach((environment) => environment.kill('SIGKILL'));
  }

  // Runs the function once: tells each piece of its answer, resolves with what Lambda reports as its error, or null.
  invoke(event, onChunk) {
    const environment = this.#spare;
    this.#spare = this.#start();
    this.#running.add(environment);
    const requestId = crypto.randomUUID();
    return new Promise((resolve) => {
      const end = (error) => {
        clearTimeout(timer);
        this.#running.delete(environment);
        environment.kill('SIGKILL');
        resolve(error);
      };
      const {timeoutSeconds} = this.#deployed;
      const fail = (errorType, message) => end({errorType, errorMessage: `RequestId: ${requestId} Error: ${message}`});
      const timer = setTimeout(
        () => fail('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`),
        timeoutSeconds * 1000,
      );
      environment.on('message', ({kind, chunk, error}) => {
        if (kind === 'chunk') {
          onChunk(Buffer.from(chunk));
        } else if (kind === 'end') {
          end(error);
        }
      });
      environment.exited.then(() => fail('Runtime.ExitError', 'Runtime exited without providing a reason'));
      const deadline = Date.now() + timeoutSeconds * 1000;
      environment.send({event, context: this.#context(requestId), deadline}, () => {}); // in vain if it has exited
    });
  }

  #context(awsRequestId) {
    const {name, memoryMb} = this.#deployed;
    return {
      awsRequestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:${region}:123456789012:function:${name}`,
      memoryLimitInMB: String(memoryMb),
    };
  }

  // The PID namespace ends the function's browsers with it; the function ends with the channel to this process.
  #start() {
    const environment = spawn(
      'unshare',
      ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private',
        ...(process.getuid() === 0 ? [] : ['--user', '--map-root-user']),
        '/bin/sh', path.join(here, 'sandbox.sh')],
      {
        env: {...this.#variables, SANDBOX_TOKEN: crypto.randomUUID()},
        serialization: 'advanced',
        stdio: ['ignore', this.#log, this.#log, 'ipc'],
      },
    );
    environment.exited = new Promise((resolve) => environment.once('exit', resolve));
    return environment;
  }
}
