import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to AWS, as far as one decides on it whether to refuse it. */
export interface Asked {
  /** How many have been asked before. */
  readonly number: number;
  readonly service: string;
  readonly body: string;
}

/** A proxy before the emulator that refuses what it is told to refuse, as AWS does when it is asked too often or is not well. */
export interface Proxy {
  readonly url: string;
  readonly asked: number;
  readonly refused: number;
  refuse(decide: (asked: Asked) => boolean): void;
  stop(): Promise<void>;
}

/** Starts a proxy that lets everything through. */
export async function startProxy(emulator: string): Promise<Proxy> {
  const target = new URL(emulator);
  let decide: (asked: Asked) => boolean = () => false;
  let [asked, refused] = [0, 0];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const service = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
      if (decide({ number: asked++, service, body: body.toString('utf8') })) refuseBy(service, refused++, incoming, outgoing);
      else pass(incoming, body, target, outgoing);
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', () => ready());
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    get refused() {
      return refused;
    },
    refuse: (given) => void (decide = given),
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function pass({ headers, method, url }: IncomingMessage, body: Buffer, target: URL, outgoing: ServerResponse): void {
  const onward = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
}

/** Every second time as not well, otherwise as asked too often, in the form of the service's protocol. */
function refuseBy(service: string, number: number, { headers }: IncomingMessage, outgoing: ServerResponse): void {
  const answer = (status: number, type: string, body: string) => outgoing.writeHead(status, { 'content-type': type }).end(body);
  if (number % 2 === 1) answer(503, 'text/plain', 'Service Unavailable');
  else if (headers['x-amz-target'] !== undefined) {
    answer(400, 'application/x-amz-json-1.0', JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }));
  } else if (service === 'ec2') {
    const error = '<Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors>';
    answer(503, 'text/xml', `<Response>${error}<RequestID>1</RequestID></Response>`);
  } else if (service === 's3') {
    answer(503, 'application/xml', '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>');
  } else {
    const error = '<Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>';
    answer(400, 'text/xml', `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
  }
}
