# Made by espalier synth for the cluster home; change the constructs, not this file.

# Policy external-secrets of Vault: the least that External Secrets needs, logged in as role
# external-secrets of auth/kubernetes at http://vault.vault.svc:8200 for ClusterSecretStore vault.

# ExternalSecret cert-manager/cloudflare reads it.
path "kv/data/dns/cloudflare" {
  capabilities = ["read"]
}

# ExternalSecret shop/chat reads it.
path "kv/data/shop/chat" {
  capabilities = ["read"]
}

# ExternalSecret shop/shop-restic reads it.
path "kv/data/shop/restic" {
  capabilities = ["read"]
}

# External Secrets also reads auth/token/lookup-self and updates auth/token/revoke-self. The policy
# "default", which every token has unless its role says otherwise, allows both.
