# espalier with the git and helm that it runs, for a CI or a machine without Node. Nothing in it runs as root, and no npm is left.
FROM node:24-alpine AS build
WORKDIR /src
COPY . .
RUN npm ci \
  && npm pack --pack-destination /tmp \
  && npm install --global --prefix /opt/espalier --omit=dev /tmp/cdk8s-espalier-*.tgz

FROM alpine:3.23
# The newest of a release of Alpine are those with fixes.
# hadolint ignore=DL3018
RUN apk add --no-cache git helm nodejs
COPY --from=build /opt/espalier /opt/espalier
# A checkout that is mounted belongs to somebody else, which Git refuses; what espalier runs of Git reads alone, and no hooks.
ENV PATH=/opt/espalier/bin:$PATH \
  HOME=/tmp \
  GIT_CONFIG_COUNT=1 \
  GIT_CONFIG_KEY_0=safe.directory \
  GIT_CONFIG_VALUE_0=*
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["espalier"]
CMD ["--help"]
