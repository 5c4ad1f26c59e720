import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { committedText } from '../../tools/generate/generated-file';
import { openApiFile } from '../../tools/generate/open-api';
import { allRoutes, publicRoutes } from '../../tools/generate/programs';
import { webClientFile } from '../../tools/generate/web-client';
import { catalogue } from '../../services/catalogue';
import { operationsOf, readOpenApi } from '../../services/gateway/api/open-api';

const { path, text } = openApiFile(publicRoutes());

describe('docs/openapi.json', () => {
  it('is what the route tables say: run npm run generate', () => {
    expect(committedText(path)).toBe(text);
  });

  it('has the types of the web application made from it: run npm run generate', () => {
    const types = webClientFile({ path, text });
    expect(committedText(types.path)).toBe(types.text);
  });

  it('can be read by the gateway and names services of the catalogue only', () => {
    const names: string[] = catalogue.map(({ name }) => name);
    const operations = operationsOf(readOpenApi(path));
    expect(operations.filter(({ service }) => !names.includes(service))).toEqual([]);
    expect(operations.length).toBe(publicRoutes().length);
  });

  it('contains no route between services', () => {
    const { paths } = readOpenApi(path);
    const inside = allRoutes().filter(({ access }) => access.allow === 'services');
    const found = inside.filter(({ path: route, method }) => {
      const item = paths[`/api/v1${route}`] ?? {};
      return method.toLowerCase() in item;
    });
    expect(inside.length).toBeGreaterThan(0);
    expect(found.map(({ key }) => key)).toEqual([]);
  });

  it('gives every operation an id of its own', () => {
    const operations = Object.values(readOpenApi(path).paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(operations).size).toBe(operations.length);
  });

  it('consists of schemas that are valid and whose examples keep them', () => {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    const { components } = readOpenApi(path);
    ajv.addSchema({ $id: 'api', components });
    for (const name of Object.keys(components.schemas)) {
      const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
      const { examples = [] } = components.schemas[name] as { examples?: unknown[] };
      for (const example of examples) expect([name, validate(example)]).toEqual([name, true]);
    }
  });
});
