# Code Factory. `make` alone prints the verbs.

SHELL := /bin/bash
PREFIX ?= /usr/local

.DEFAULT_GOAL := help
.PHONY: help setup build run demo test test/fast test/nightly bench lint format check release install

help: # print these lines
	@grep -E '^[a-z/]+:.* # ' $(MAKEFILE_LIST) | sed -E 's/^([a-z\/]+):.* # (.*)/make \1\t\2/' | expand -t 18

setup: # install the Debian packages that are missing (with sudo when needed) and nothing else
	@scripts/setup

build: # debug build of factory and factory-jail into .build/debug
	swift build

run: # build, start the server for you alone, and print the link that signs you in
	@scripts/run

demo: # build, start a small local model, write a function with it, and print what to try next
	@scripts/demo

test: # everything: lint, Swift tests, end-to-end tests with a real model; leaves nothing running
	@scripts/test

test/fast: # the Swift tests alone
	@scripts/test-swift

test/nightly: # a run killed at 200 random moments; FACTORY_TEST_SEED repeats a night
	@scripts/test-nightly

bench: # durable steps a second, start-up and sandbox time on this machine, with the load beside each figure
	@scripts/bench

lint: # format rules and script syntax
	@scripts/lint

format: # rewrite the Swift sources by the format rules
	swift format --in-place --recursive --parallel Sources Tests Package.swift

check: test # exactly what CI runs

release: # stripped programs with a static Swift runtime, a folder and an archive in dist/
	@scripts/release

install: # put the release in place: PREFIX=/usr/local, DESTDIR honoured
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install
