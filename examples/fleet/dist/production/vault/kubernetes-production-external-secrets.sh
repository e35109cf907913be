#!/bin/sh
# Made by espalier synth for the cluster production; change the constructs, not this file.

# What Vault needs for External Secrets, logged in as role external-secrets of
# auth/kubernetes-production at https://vault.acme.example. VAULT_ADDR says where Vault is as seen
# from here, VAULT_TOKEN who may write policies and auth methods. It may be run again: it writes the
# policy and the configuration of the auth method as a whole, so what was added to these by hand is
# lost; of the role it writes what is named here, and the other settings stay.

set -eu
cd "$(dirname "$0")"

# The auth method by which service accounts of this cluster log in.
vault read sys/auth/kubernetes-production >/dev/null 2>&1 ||
  vault auth enable -path=kubernetes-production kubernetes

# Vault runs outside of this cluster, so the tree does not say how Vault reaches Kubernetes: set
# KUBERNETES_HOST to the address of its API, and KUBERNETES_CA to a file with the certificate of its
# CA. Vault asks Kubernetes whether a token is good with that token itself, so
# external-secrets/external-secrets needs a ClusterRoleBinding to system:auth-delegator; or give
# Vault a token of its own that has it, as token_reviewer_jwt.
vault write auth/kubernetes-production/config \
  kubernetes_host="${KUBERNETES_HOST:?the address of the Kubernetes API, as Vault reaches it}" \
  kubernetes_ca_cert=@"${KUBERNETES_CA:?a file with the CA of the Kubernetes API}" \
  disable_local_ca_jwt=true

# What External Secrets may do.
vault policy write kubernetes-production-external-secrets kubernetes-production-external-secrets.hcl

# Who logs in, and what with. External Secrets logs in again when its token has less than a minute
# left.
# The store names no audience, so the tokens are for the Kubernetes API itself, and the tree does
# not say what it calls itself: set audience=… to check that, too.
vault write auth/kubernetes-production/role/external-secrets \
  bound_service_account_names=external-secrets \
  bound_service_account_namespaces=external-secrets \
  token_policies=kubernetes-production-external-secrets \
  token_no_default_policy=false \
  token_ttl=10m
