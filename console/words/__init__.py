"""The words of the pages in Indonesian and English, a module a theme; `console.phrases` lays them together."""
