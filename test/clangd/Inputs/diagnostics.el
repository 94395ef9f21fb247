;; Opens a file with perfidy-clangd as eglot's server and prints what Emacs then
;; shows. PERFIDY_CLANGD and FILE come from the environment.
(require 'eglot)
(require 'flymake)
(setq eglot-sync-connect 60)
(add-to-list 'eglot-server-programs
             `((c++-mode c-mode) . (,(getenv "PERFIDY_CLANGD"))))
(find-file (getenv "FILE"))
(c++-mode)
(apply #'eglot (eglot--guess-contact))
(flymake-start)
(let ((end (+ (float-time) 60)))
  (while (and (null (flymake-diagnostics)) (< (float-time) end))
    (accept-process-output nil 0.1)))
(dolist (each (flymake-diagnostics))
  (princ (format "%d %s\n" (line-number-at-pos (flymake-diagnostic-beg each))
                 (flymake-diagnostic-text each))))
(eglot-shutdown (eglot-current-server))
