#!/usr/bin/env bash
# The whole sequence of soyo on a cluster of kind: Flux reads dist/ from Git and applies it; External Secrets, a Vault in dev mode
# and CloudNativePG do their part; then each of the ten arrows from Vault to Backstage is asserted (docs/clusters/soyo/backstage.md draws them).
# .github/workflows/sequence.yaml runs it. It needs docker, kind, kubectl, flux, jq, git and Node, and nothing but a cluster of its own, which it deletes.
#
# It has not been run where it was written, which has no docker.
#
#   test/sequence/run.sh [--keep]
# What stands in single quotes is for jq.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/../.."

cluster=espalier-sequence
app=webgrip/prod/clusters/soyo/apps/backstage/app
db=webgrip/prod/clusters/soyo/apps/backstage/db
gateway_api=${GATEWAY_API:-v1.6.1}
port=${GIT_PORT:-9418}
work=$(mktemp -d)
server=

finish() {
  status=$?
  if [ "$status" -ne 0 ]; then tell || true; fi
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$work"
  if [ "${1:-}" != --keep ]; then kind delete cluster --name "$cluster" >/dev/null 2>&1 || true; fi
}
trap 'finish "$@"' EXIT

# What went on, for whoever reads the log of a run that failed. No Secret is in it.
tell() {
  flux get all --all-namespaces
  kubectl get clustersecretstores,externalsecrets,pushsecrets,clusters.postgresql.cnpg.io,pods --all-namespaces -o wide
  kubectl get events --all-namespaces --field-selector type=Warning --sort-by .lastTimestamp | tail -n 50
  flux logs --all-namespaces --level=error | tail -n 50
}

in_vault() { kubectl -n vault exec -i deploy/vault -- "$@"; }

# Waits until a command succeeds: until_holds SECONDS WHAT COMMAND…
until_holds() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "not within the time: $what" >&2
      return 1
    fi
    sleep 5
  done
}

arrow() { echo "arrow $1: $2"; }

refuse() {
  echo "  but: $1" >&2
  exit 1
}

secret() { kubectl -n backstage get secret "$1" -o json | jq -er --arg key "$2" '.data[$key] | @base64d'; }
field() { kubectl -n backstage get "$1" "$2" -o json | jq -er "$3"; }
# What Vault wrote into its audit log: requests of an operation at a path.
asked() {
  in_vault cat /tmp/audit.log |
    jq -es --arg operation "$1" --arg path "$2" \
      'any(.[]; .type == "response" and .error == null and .request.operation == $operation and .request.path == $path)' >/dev/null
}
# Reads one JSON document, and says whether the expression holds of it.
holds() { jq -e "$@" >/dev/null; }

echo '== the cluster'
kind create cluster --name "$cluster" --wait 3m
kubectl apply --server-side -f "https://github.com/kubernetes-sigs/gateway-api/releases/download/$gateway_api/standard-install.yaml"
docker build --quiet --tag ghcr.io/webgrip/backstage:1.0.0 test/sequence/backstage
kind load docker-image --name "$cluster" ghcr.io/webgrip/backstage:1.0.0

echo '== Vault, and what an operator does by hand'
kubectl apply -f test/sequence/vault.yaml
kubectl -n vault rollout status deploy/vault --timeout 5m
in_vault vault secrets enable -path=kv kv-v2
in_vault vault audit enable file file_path=/tmp/audit.log
tar -C dist/vault -cf - . | in_vault tar -C /tmp -xf -
in_vault sh /tmp/external-secrets.sh
openssl genrsa 2048 2>/dev/null >"$work/private-key"
# The keys that the ExternalSecret's template does not do without.
jq -n --rawfile key "$work/private-key" '{
  GITHUB_TOKEN: "token", AUTH_GITHUB_CLIENT_ID: "id", AUTH_GITHUB_CLIENT_SECRET: "secret", GA_MEASUREMENT_ID: "G-1",
  OPENAPI_AI_KEY: "key", GITHUB_APP_ID: "1", GITHUB_APP_CLIENT_ID: "client", GITHUB_APP_CLIENT_SECRET: "s",
  GITHUB_APP_WEBHOOK_SECRET: "w", GITHUB_APP_PRIVATE_KEY: $key, BACKEND_SECRET: "backend"}' >"$work/app.json"
in_vault vault kv put -mount=kv "$app" - <"$work/app.json"

echo '== Flux reads what is checked out'
git clone --quiet --bare . "$work/tree.git"
git -C "$work/tree.git" branch --force main HEAD
host=$(docker network inspect kind | jq -er '[.[0].IPAM.Config[].Gateway // empty | select(contains("."))][0]')
node test/sequence/git-server.mjs "$work/tree.git" "$port" 0.0.0.0 >"$work/git.log" &
server=$!
flux install
kubectl apply -f - <<YAML
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1h, url: "http://$host:$port/tree.git", ref: {branch: main}}
YAML
kubectl -n flux-system wait gitrepository/flux-system --for=condition=Ready --timeout 2m
kubectl apply -k dist/kubernetes/flux/cluster
kubectl -n flux-system wait kustomization/cluster-apps --for=condition=Ready --timeout 5m
for name in cnpg-system/cloudnative-pg external-secrets/external-secrets external-secrets/external-secrets-stores backstage/backstage; do
  kubectl -n "${name%/*}" wait "kustomization/${name#*/}" --for=condition=Ready --timeout 20m
done

echo '== the ten arrows'
arrow 1 'External Secrets logs in to Vault (Kubernetes auth)'
kubectl wait clustersecretstore/vault --for=condition=Ready --timeout 1m
asked update auth/kubernetes/login || refuse 'Vault has no login at auth/kubernetes in its audit log'

arrow 2 "External Secrets reads kv/$app"
asked read "kv/data/$app" || refuse 'Vault has no such read in its audit log'

arrow 3 'External Secrets makes Secret backstage-secrets'
kubectl -n backstage wait externalsecret/backstage-secrets --for=condition=Ready --timeout 1m
# Of the template, and each key as it is in Vault, with all its line breaks; what Vault lacks is empty, or a default.
kubectl -n backstage get secret backstage-secrets -o json |
  jq '.data | map_values(@base64d)' >"$work/made.json"
holds --slurpfile app "$work/app.json" '. == $app[0] + {POSTGRES_DB: "backstage", SENTRY_TOKEN: "", NEW_RELIC_REST_API_KEY: "",
  NEW_RELIC_USER_KEY: "", K8S_SERVICE_ACCOUNT_TOKEN_BACKSTAGE: "", K8S_CONFIG_CA_DATA: ""}' <"$work/made.json" ||
  refuse "it has the keys $(jq -c keys "$work/made.json"), or values that Vault does not have"

arrow 4 'External Secrets generates a password'
password=$(secret backstage-db-secret password)
[[ $password =~ ^[A-Za-z0-9]{32}$ ]] || refuse 'it has not 32 letters and digits'

arrow 5 'External Secrets makes Secret backstage-db-secret'
kubectl -n backstage get secret backstage-db-secret -o json |
  holds '.type == "kubernetes.io/basic-auth" and .immutable and .metadata.ownerReferences == null
    and .metadata.labels["cnpg.io/reload"] == "true" and (.data.username | @base64d) == "backstage"' ||
  refuse 'its type, label, owner or username is another, or it can be changed'

arrow 6 'CloudNativePG reads it for initdb'
holds '.secret.name == "backstage-db-secret" and .owner == "backstage" and .database == "backstage"' \
  <<<"$(field cluster.postgresql.cnpg.io backstage-db .spec.bootstrap.initdb)" || refuse 'the Cluster names another'
primary=$(field cluster.postgresql.cnpg.io backstage-db .status.currentPrimary)
owner=$(kubectl -n backstage exec -i "$primary" -c postgres -- sh -c \
  'read -r PGPASSWORD; export PGPASSWORD; psql -h backstage-db-rw -U backstage -d backstage -Atc "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"' \
  <<<"$password")
[ "$owner" = backstage ] || refuse "the database belongs to \"$owner\""

arrow 7 'CloudNativePG initializes the Cluster, once'
kubectl -n backstage wait cluster.postgresql.cnpg.io/backstage-db --for=condition=Ready --timeout 1m
[ "$(field cluster.postgresql.cnpg.io backstage-db .status.readyInstances)" = 3 ] || refuse 'not all three instances are ready'
# A refresh that is forced makes no other password: what initdb has set stays right.
kubectl -n backstage annotate --overwrite externalsecret/backstage-db-secret "force-sync=$(date +%s)" >/dev/null
sleep 20
[ "$(secret backstage-db-secret password)" = "$password" ] || refuse 'the password is another after a refresh'

arrow 8 "External Secrets writes kv/$db (PushSecret)"
kubectl -n backstage wait pushsecret/backstage-db-credentials-to-vault --for=condition=Ready --timeout 2m
in_vault vault kv get -mount=kv -format=json "$db" |
  holds --arg password "$password" '.data.data == {username: "backstage", password: $password}' ||
  refuse 'Vault has another username or password there'
asked create "kv/data/$db" || asked update "kv/data/$db" || refuse 'Vault has no such write in its audit log'

arrow 9 'Backstage reads Secret backstage-secrets (envFrom)'
kubectl -n backstage rollout status deploy/backstage --timeout 1m
in_backstage() { kubectl -n backstage exec deploy/backstage -- printenv "$1"; }
[ "$(in_backstage GITHUB_TOKEN)" = token ] || refuse 'GITHUB_TOKEN is another'
[ "$(in_backstage GITHUB_APP_PRIVATE_KEY)" = "$(cat "$work/private-key")" ] || refuse 'GITHUB_APP_PRIVATE_KEY is another'

arrow 10 'Backstage reads Secret backstage-db-secret'
[ "$(in_backstage POSTGRES_USER)" = backstage ] || refuse 'POSTGRES_USER is another'
[ "$(in_backstage POSTGRES_PASSWORD)" = "$password" ] || refuse 'POSTGRES_PASSWORD is another'
# It is ready once it has logged in to the database with them (backstage/start.sh).
until_holds 60 'Backstage answers through its Service' kubectl get --raw \
  /api/v1/namespaces/backstage/services/backstage:http/proxy/.backstage/health/v1/readiness

echo 'all ten arrows hold'
