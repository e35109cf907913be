#!/bin/sh
# Made by espalier synth for the cluster home; change the constructs, not this file.

# What Vault needs for External Secrets, logged in as role external-secrets of auth/kubernetes at
# http://vault.vault.svc:8200. VAULT_ADDR says where Vault is as seen from here, VAULT_TOKEN who may
# write policies and auth methods. It may be run again: it writes the policy and the configuration
# of the auth method as a whole, so what was added to these by hand is lost; of the role it writes
# what is named here, and the other settings stay.

set -eu
cd "$(dirname "$0")"

# The auth method by which service accounts of this cluster log in.
vault read sys/auth/kubernetes >/dev/null 2>&1 ||
  vault auth enable -path=kubernetes kubernetes

# Vault runs in this cluster: it asks Kubernetes whether a token is good with the token of its own
# pod, whose service account needs the ClusterRole system:auth-delegator for that. The Helm chart of
# Vault binds it (server.authDelegator).
vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc:443

# What External Secrets may do.
vault policy write external-secrets external-secrets.hcl

# Who logs in, and what with. External Secrets logs in again when its token has less than a minute
# left.
# The store names no audience, so the tokens are for the Kubernetes API itself, and the tree does
# not say what it calls itself: set audience=… to check that, too.
vault write auth/kubernetes/role/external-secrets \
  bound_service_account_names=external-secrets \
  bound_service_account_namespaces=external-secrets \
  token_policies=external-secrets \
  token_no_default_policy=false \
  token_ttl=10m
