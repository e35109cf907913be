# Made by espalier synth for the cluster soyo; change the constructs, not this file.

# Policy external-secrets of Vault: the least that External Secrets needs, logged in as role
# external-secrets of auth/kubernetes at http://vault.vault.svc:8200 for ClusterSecretStore vault.

# ExternalSecret backstage/backstage-secrets reads it.
path "kv/data/webgrip/prod/clusters/soyo/apps/backstage/app" {
  capabilities = ["read"]
}

# PushSecret backstage/backstage-db-credentials-to-vault pushes to it.
path "kv/data/webgrip/prod/clusters/soyo/apps/backstage/db" {
  capabilities = ["read", "update"]
}

# PushSecret backstage/backstage-db-credentials-to-vault marks it as managed by External Secrets.
path "kv/metadata/webgrip/prod/clusters/soyo/apps/backstage/db" {
  capabilities = ["create", "read", "update"]
}

# External Secrets also reads auth/token/lookup-self and updates auth/token/revoke-self. The policy
# "default", which every token has unless its role says otherwise, allows both.
