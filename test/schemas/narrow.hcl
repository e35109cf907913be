path "kv/data/webgrip/prod/clusters/soyo/apps/backstage/*" {
  capabilities = ["read", "delete"]
}

path "kv/data/other" {
  capabilities = ["read"]
}
