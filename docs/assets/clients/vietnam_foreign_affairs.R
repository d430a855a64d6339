# Reads the tables of a release, typed by their schemas. Needs the package jsonlite.
#
#   source("https://vietnam-foreign-affairs.github.io/vietnam-foreign-affairs/assets/clients/vietnam_foreign_affairs.R")
#   upgrades <- vfa_read("partnership_upgrades")
#
# `base` is a release: the address, or the folder, that has datapackage.json.

vfa_release <- "https://vietnam-foreign-affairs.github.io/vietnam-foreign-affairs/release"

# The tables: name, role, title, path and schema of each.
vfa_tables <- function(base = vfa_release) {
  columns <- c("name", "role", "title", "path", "schema")
  resources <- .vfa_json(base, "datapackage.json")$resources
  rows <- lapply(resources, function(resource) as.data.frame(resource[columns]))
  do.call(rbind, rows)
}

# One table as a data frame: Date, numeric, logical, character; a blank cell is NA.
# A column has the attributes label and, where it has one, unit.
vfa_read <- function(name, base = vfa_release) {
  tables <- vfa_tables(base)
  if (!name %in% tables$name) {
    stop("there is no table ", name, "; the tables are ", paste(tables$name, collapse = ", "))
  }
  table <- tables[tables$name == name, ]
  fields <- .vfa_json(base, table$schema)$fields
  path <- paste(sub("/$", "", base), table$path, sep = "/")
  # Read as bytes and then named UTF-8: names keep their marks whatever the locale.
  rows <- read.csv(path, colClasses = "character", na.strings = "", check.names = FALSE,
                   encoding = "UTF-8")
  if (!identical(names(rows), vapply(fields, `[[`, "", "name"))) {
    stop(path, ": the columns are not those of its schema")
  }
  for (field in fields) {
    column <- .vfa_typed(rows[[field$name]], field$type)
    attr(column, "label") <- field$title
    attr(column, "unit") <- field$unit
    rows[[field$name]] <- column
  }
  attr(rows, "title") <- table$title
  rows
}

.vfa_typed <- function(cells, type) {
  switch(type,
    string = cells,
    integer = , number = , year = as.numeric(cells), # integers of R end at 2^31
    boolean = cells == "true",
    date = as.Date(cells, format = "%Y-%m-%d"),
    stop("unknown type ", type)
  )
}

.vfa_json <- function(base, path) {
  address <- paste(sub("/$", "", base), path, sep = "/")
  text <- paste(readLines(address, encoding = "UTF-8", warn = FALSE), collapse = "\n")
  jsonlite::fromJSON(text, simplifyVector = FALSE)
}
