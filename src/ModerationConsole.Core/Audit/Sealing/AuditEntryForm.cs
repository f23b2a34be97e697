using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Merkle;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// The bytes of an entry that its leaf hashes, form 1. Integers are big-endian; what may be absent stands behind a byte that is 1
/// where it is there and 0 where it is not; a text is its length in bytes (uint32) and its UTF-8.
/// <code>
/// uint8  form = 1
/// int64  number
/// byte   id[16]          as the id is written, from the left
/// int64  at              microseconds since 1970-01-01 UTC
/// uint16 act             the act's number
/// uint8  actor kind      1 person, 2 API key, 3 the console, 4 a service
/// byte   actor id[16]?
/// int64  case number?
/// int64  task number?
/// text   subject?
/// text   details         as stored
/// </code>
/// Never change a form: add another and tell them apart by the first byte.
/// </summary>
public sealed class AuditEntryForm
{
    private const byte Form = 1;
    private const int FixedMost = 1 + 1 + 8 + 16 + 8 + 2 + 1 + 17 + 9 + 9;

    private byte[] _buffer = new byte[1_024];
    private int _length;

    /// <summary>The leaf hash of an entry.</summary>
    public static byte[] LeafHash(AuditEntry entry)
    {
        byte[] hash = new byte[MerkleHash.Size];
        new AuditEntryForm().LeafHash(entry, hash);
        return hash;
    }

    /// <summary>The bytes themselves, without the leaf's prefix.</summary>
    public static byte[] Write(AuditEntry entry)
    {
        AuditEntryForm form = new();
        form.Fill(entry);
        return form._buffer.AsSpan(1, form._length - 1).ToArray();
    }

    /// <summary>The leaf hash of an entry; an instance used for many needs no new memory. Not for several threads at once.</summary>
    public void LeafHash(AuditEntry entry, Span<byte> hash)
    {
        Fill(entry);
        SHA256.HashData(_buffer.AsSpan(0, _length), hash);
    }

    private void Fill(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int most = FixedMost + 9 + Encoding.UTF8.GetMaxByteCount(entry.Details.Length) + Encoding.UTF8.GetMaxByteCount(entry.Subject?.Length ?? 0);
        if (_buffer.Length < most)
        {
            _buffer = new byte[most];
        }

        _length = 0;
        Byte(MerkleHash.LeafPrefix);
        Byte(Form);
        Number(entry.Number);
        Id(entry.Id);
        Number((entry.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16BigEndian(Next(2), checked((ushort)entry.Act));
        Byte(Kind(entry.ActorKind));
        if (Is(entry.ActorId is not null))
        {
            Id(entry.ActorId!.Value);
        }

        if (Is(entry.CaseNumber is not null))
        {
            Number(entry.CaseNumber!.Value);
        }

        if (Is(entry.TaskNumber is not null))
        {
            Number(entry.TaskNumber!.Value);
        }

        if (Is(entry.Subject is not null))
        {
            Text(entry.Subject!);
        }

        Text(entry.Details);
    }

    private static byte Kind(CallerKind kind) => kind switch
    {
        CallerKind.Person => 1,
        CallerKind.ApiKey => 2,
        CallerKind.System => 3,
        CallerKind.Service => 4,
    };

    private Span<byte> Next(int count)
    {
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }

    private void Byte(byte value) => Next(1)[0] = value;

    private bool Is(bool there)
    {
        Byte(there ? (byte)1 : (byte)0);
        return there;
    }

    private void Number(long value) => BinaryPrimitives.WriteInt64BigEndian(Next(8), value);

    private void Id(Guid value) => value.TryWriteBytes(Next(16), bigEndian: true, out _);

    private void Text(string value)
    {
        Span<byte> length = Next(4);
        int written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)written);
        _length += written;
    }
}
