import { commandsFor, images } from './images';

const board = images().find(({ name }) => name === 'popug/board')!;

it('there is one image for each folder with programs, and the tools', () => {
  const names = images().map(({ name }) => name);
  expect(names).toContain('popug/account');
  expect(names).not.toContain('popug/account-worker');
  expect(names).toContain('popug/operations');
});

it('Docker builds an image, and the cluster that has its own store gets it brought', () => {
  const load = commandsFor(board, '1', 'kind').map((command) => command.join(' '));
  expect(load[0]).toMatch(/^docker build \S+ -t popug\/board:1 --build-arg SERVICE=board/);
  expect(load.slice(1)).toEqual(['kind load docker-image popug/board:1']);
  expect(commandsFor(board, '1', 'docker')).toHaveLength(1);
});

it('a program may take the place of docker build; it brings the image as well', () => {
  const [command, ...more] = commandsFor(board, '1', '/opt/build');
  expect(command!.slice(0, 1)).toEqual(['/opt/build']);
  expect(command).toEqual(expect.arrayContaining(['-t', 'popug/board:1']));
  expect(more).toEqual([]);
});
