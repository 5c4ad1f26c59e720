# One file for every image:
#   docker build --build-arg SERVICE=board -t popug/board .      a service
#   docker build --target operations -t popug/operations .                 databases, demo data, checks
#   docker build --target dev -t popug/dev .                     all services from source, for Tilt
# Stages before the last are the same for all, so the second image is built in seconds.
ARG BASE_IMAGE=node:24-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${BASE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm --omit=dev --no-audit --no-fund

FROM packages AS sources
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsconfig.operations.json ./
# Whom they belong to matters in the stage `dev` only: Tilt writes saved files into it.
COPY --chown=1000:1000 services services
COPY --chown=1000:1000 operations operations

FROM sources AS build
RUN npx tsc -p tsconfig.build.json && npx tsc -p tsconfig.operations.json

# The pages: files only, none of their packages is in an image.
FROM sources AS web
COPY web web
RUN npm run build --workspace web

# What one image needs of it: catalogue, shared code, the service, and at the gateway the API document
# and the pages.
FROM build AS collected
ARG SERVICE
COPY docs/openapi.json docs/openapi.json
COPY --from=web /app/web/dist web/dist
RUN test -d "dist/services/${SERVICE}" \
 && mkdir -p "/collected/services" \
 && cp -r dist/services/catalogue.js dist/services/shared "dist/services/${SERVICE}" \
      /collected/services/ \
 && if [ "${SERVICE}" = gateway ]; then cp -r --parents docs web/dist /collected/; fi

# Small heaps, and one arena of malloc for all threads: docs/adr/0036-node-24.md. The local start reads
# these lines (tools/stack/image-settings.ts), so a service runs there as it does here.
FROM ${BASE_IMAGE} AS runtime
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=128 --v8-pool-size=1" \
    MALLOC_ARENA_MAX="1"
COPY --from=packages /app/node_modules /app/node_modules
USER 1000:1000

FROM runtime AS operations
WORKDIR /app
COPY --from=build /app/dist-operations /app
ENTRYPOINT ["node"]

# Not compiled: a type error is the editor's business, and the packages stay a layer of their own.
FROM sources AS dev
COPY --chown=1000:1000 docs docs
USER 1000:1000
ENTRYPOINT ["node", "--import", "tsx"]

# The last stage is the default one.
FROM runtime AS service
ARG SERVICE
COPY --from=collected /collected /app
WORKDIR /app/services/${SERVICE}
ENTRYPOINT ["node"]
CMD ["main.js"]
