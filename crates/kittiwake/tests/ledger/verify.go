// Verify checks a published ledger with code that is not Kittiwake's: the note and tlog packages of golang.org/x/mod.
//
//	verify LOG KEY
//
// LOG is a directory or a URL, KEY the log's public key as a verifier key. It checks the checkpoint's signature, every
// entry and every tile that the checkpoint implies, the root, and proofs between many places and sizes. One line says
// how it ended; the exit status is 0 only for a whole ledger.
//
// Only the paths are computed here: those of c2sp.org/tlog-tiles are not those of Go's own checksum database. What
// entries mean is not looked at.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height      = 8
	width       = 1 << height
	levels      = 8
	answerBytes = 1 << 25
	// More than this many places and sizes are sampled, evenly.
	samples = 400
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: verify LOG KEY")
		os.Exit(2)
	}
	tree, err := verify(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Printf("BROKEN: %v\n", err)
		os.Exit(1)
	}
	fmt.Printf("WHOLE: %d entries, root %v\n", tree.N, tree.Hash)
}

func verify(place, key string) (tlog.Tree, error) {
	log := &published{read: reader(place), known: map[string][]byte{}}
	tree, err := log.checkpoint(key)
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %w", err)
	}
	log.size = tree.N
	stored, err := log.entries()
	if err != nil {
		return tree, err
	}
	if err := log.tiles(stored); err != nil {
		return tree, err
	}
	if err := log.root(tree); err != nil {
		return tree, err
	}
	return tree, log.proofs(tree, stored)
}

// A published log, read by path.
type published struct {
	read  func(path string) ([]byte, error)
	known map[string][]byte
	size  int64
}

func reader(place string) func(string) ([]byte, error) {
	if !strings.HasPrefix(place, "http://") && !strings.HasPrefix(place, "https://") {
		return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(place, path)) }
	}
	client := &http.Client{Timeout: time.Minute}
	return func(path string) ([]byte, error) {
		answer, err := client.Get(strings.TrimSuffix(place, "/") + "/" + path)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return nil, errors.New(answer.Status)
		}
		return io.ReadAll(io.LimitReader(answer.Body, answerBytes))
	}
}

func (log *published) get(path string) ([]byte, error) {
	if content, found := log.known[path]; found {
		return content, nil
	}
	content, err := log.read(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	log.known[path] = content
	return content, nil
}

// Opens the checkpoint, and believes it only in the one way in which it is written.
func (log *published) checkpoint(key string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	content, err := log.get("checkpoint")
	if err != nil {
		return tree, err
	}
	signed, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	for _, signature := range signed.Sigs {
		// The last character of base64 has bits without meaning, which note.Open ignores.
		if _, err := base64.StdEncoding.Strict().DecodeString(signature.Base64); err != nil {
			return tree, err
		}
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tree, errors.New("its size is not a number")
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

// Reads every entry, and gives the hashes that a tree over them stores, in the order of tlog.
func (log *published) entries() ([]tlog.Hash, error) {
	var stored []tlog.Hash
	own := memory(&stored)
	for start := int64(0); start < log.size; start += width {
		path := "tile/entries/" + log.place(start/width, log.size)
		bundle, err := log.get(path)
		if err != nil {
			return nil, err
		}
		for index := start; index < log.size && index < start+width; index++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: it ends early", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			hashes, err := tlog.StoredHashesForRecordHash(index, tlog.RecordHash(bundle[2:end]), own)
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s: something follows its entries", path)
		}
	}
	return stored, nil
}

// Compares every tile with the hashes over the entries.
func (log *published) tiles(stored []tlog.Hash) error {
	for level := 0; level < levels; level++ {
		count := log.size >> uint(height*level)
		for start := int64(0); start < count; start += width {
			path := log.tile(level, start/width)
			found, err := log.get(path)
			if err != nil {
				return err
			}
			var expected []byte
			for n := start; n < count && n < start+width; n++ {
				hash := stored[tlog.StoredHashIndex(height*level, n)]
				expected = append(expected, hash[:]...)
			}
			if !bytes.Equal(found, expected) {
				return fmt.Errorf("%s: not the hashes of the entries", path)
			}
		}
	}
	return nil
}

func (log *published) root(tree tlog.Tree) error {
	if tree.N == 0 {
		if tree.Hash != sha256.Sum256(nil) {
			return errors.New("an empty log has another root")
		}
		return nil
	}
	hash, err := tlog.TreeHash(tree.N, log)
	if err != nil {
		return err
	}
	if hash != tree.Hash {
		return fmt.Errorf("the tiles have the root %v, and %v was signed", hash, tree.Hash)
	}
	return nil
}

// Makes proofs from the tiles, and checks them against the signed root.
func (log *published) proofs(tree tlog.Tree, stored []tlog.Hash) error {
	step := tree.N/samples + 1
	for index := int64(0); index < tree.N; index += step {
		proof, err := tlog.ProveRecord(tree.N, index, log)
		if err != nil {
			return err
		}
		leaf := stored[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		size := index + 1
		old, err := tlog.TreeHash(size, memory(&stored))
		if err != nil {
			return err
		}
		growth, err := tlog.ProveTree(tree.N, size, log)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(growth, tree.N, tree.Hash, size, old); err != nil {
			return fmt.Errorf("growth from %d: %w", size, err)
		}
	}
	return nil
}

// ReadHashes makes the published tiles a tlog.HashReader.
func (log *published) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		tile := tlog.TileForIndex(height, index)
		content, err := log.get(log.tile(tile.L, tile.N))
		if err != nil {
			return nil, err
		}
		hash, err := tlog.HashFromTile(tile, content, index)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func memory(stored *[]tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, (*stored)[index])
		}
		return hashes, nil
	})
}

func (log *published) tile(level int, n int64) string {
	return fmt.Sprintf("tile/%d/%s", level, log.place(n, log.size>>uint(height*level)))
}

// The end of a path: the number in groups of three digits, and the width where it is partial.
func (log *published) place(n, count int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for rest := n / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	if partial := count - n*width; partial < width {
		path += fmt.Sprintf(".p/%d", partial)
	}
	return path
}
