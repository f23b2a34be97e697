namespace ModerationConsole.Core.Audit.Merkle;

/// <summary>
/// A tree that grows at its right end and remembers only what its root depends on: one complete subtree for each binary digit of
/// its size.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly List<byte[]?> _levels;

    /// <summary>An empty tree.</summary>
    public MerkleFrontier() => _levels = [];

    private MerkleFrontier(MerkleFrontier other)
    {
        _levels = [.. other._levels];
        Size = other.Size;
    }

    /// <summary>How many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>A copy that grows by itself.</summary>
    public MerkleFrontier Copy() => new(this);

    /// <summary>Adds a leaf.</summary>
    /// <param name="completed">Told each subtree of two leaves or more that this completes, by level, smallest first.</param>
    public void Append(byte[] leafHash, Action<int, byte[]>? completed = null) => Append(0, leafHash, completed);

    /// <summary>Adds a complete subtree of 2^<paramref name="level"/> leaves.</summary>
    /// <exception cref="ArgumentException">The tree ends inside a subtree of that size.</exception>
    public void Append(int level, byte[] hash, Action<int, byte[]>? completed = null)
    {
        ArgumentNullException.ThrowIfNull(hash);
        if ((Size & ((1L << level) - 1)) != 0)
        {
            throw new ArgumentException("The tree ends inside a subtree of that size.", nameof(level));
        }

        Size += 1L << level;
        while (_levels.Count <= level)
        {
            _levels.Add(null);
        }

        for (; _levels[level] is { } left; level++)
        {
            _levels[level] = null;
            hash = MerkleHash.Node(left, hash);
            completed?.Invoke(level + 1, hash);
            if (_levels.Count == level + 1)
            {
                _levels.Add(null);
            }
        }

        _levels[level] = hash;
    }

    /// <summary>MTH of all that was added.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (byte[]? subtree in _levels)
        {
            root = subtree is null ? root : root is null ? subtree : MerkleHash.Node(subtree, root);
        }

        return root ?? MerkleHash.Empty();
    }
}
