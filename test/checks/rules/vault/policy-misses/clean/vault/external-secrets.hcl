# The policy of the role external-secrets.
path "kv/data/webgrip/prod/clusters/soyo/*" {
  capabilities = ["create", "read", "update"]
}

path "kv/metadata/webgrip/prod/clusters/soyo/*" {
  capabilities = ["create", "read", "update"]
}
