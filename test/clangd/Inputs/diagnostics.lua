-- Opens a file with perfidy-clangd as the language server and prints what the
-- editor then shows: nvim --headless -u NONE -i NONE -l is newer than Debian's, so
-- PERFIDY_CLANGD, FILE and FOLDER come from the environment.
vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
local client = vim.lsp.start_client({ cmd = { vim.env.PERFIDY_CLANGD }, root_dir = vim.env.FOLDER })
vim.lsp.buf_attach_client(0, client)
vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do
  print(each.lnum + 1, each.source, each.code or each.user_data.lsp.code, each.message)
end
vim.lsp.stop_client(client)
vim.wait(60000, function() return vim.lsp.client_is_stopped(client) end, 50)
vim.cmd('qall!')
