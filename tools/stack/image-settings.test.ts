import { imageSettings } from './image-settings';

it('services run here with the settings of their image', () => {
  expect(imageSettings()).toEqual({
    NODE_OPTIONS: expect.stringMatching(/^--max-semi-space-size=\d+ --max-old-space-size=\d+ /),
    MALLOC_ARENA_MAX: expect.stringMatching(/^\d+$/),
  });
});
