import './invoke';
import './publish';
import './state';

const OF_THE_SDK = /node_modules[/\\]@dapr[/\\]dapr[/\\](.+)\.js$/;
/** Heavy dependencies of the SDK, 26 MB of memory and more, which must not be loaded. */
const HEAVY =
  /node_modules[/\\](express|body-parser|node-fetch|google-protobuf|@grpc|@connectrpc|@bufbuild|@js-temporal|@dapr[/\\]durabletask-js)[/\\]/;

describe('what we import of the SDK', () => {
  const loaded = Object.keys(require.cache);

  it('is three building blocks and the small things that these need', () => {
    const modules = loaded.flatMap((file) => OF_THE_SDK.exec(file)?.[1] ?? []);
    expect(modules.filter((name) => name.startsWith('implementation/')).sort()).toEqual([
      'implementation/Client/HTTPClient/invoker',
      'implementation/Client/HTTPClient/pubsub',
      'implementation/Client/HTTPClient/state',
    ]);
    expect(modules.length).toBeLessThan(20);
  });

  it('loads no server, no workflows and no gRPC', () => {
    expect(loaded.filter((file) => HEAVY.test(file))).toEqual([]);
  });
});
