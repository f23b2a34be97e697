using System.Buffers.Binary;
using System.Text;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>Reads MessagePack: numbers as <see cref="long"/>, texts as strings, bytes as memory, arrays as lists; maps are passed over.</summary>
internal ref struct PackReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private int _at;

    /// <summary>The next value; null for nil and for maps.</summary>
    public object? Read()
    {
        byte kind = _bytes.Span[_at++];
        return kind switch
        {
            < 0x80 => (long)kind,
            < 0x90 => Map(kind & 0x0f),
            < 0xa0 => List(kind & 0x0f),
            < 0xc0 => Text(kind & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Bytes((int)Unsigned(1)),
            0xc5 => Bytes((int)Unsigned(2)),
            0xc6 => Bytes((int)Unsigned(4)),
            0xca => (double)BitConverter.UInt32BitsToSingle((uint)Unsigned(4)),
            0xcb => BitConverter.UInt64BitsToDouble(Unsigned(8)),
            0xcc => (long)Unsigned(1),
            0xcd => (long)Unsigned(2),
            0xce => (long)Unsigned(4),
            0xcf => (long)Unsigned(8),
            0xd0 => (long)(sbyte)Unsigned(1),
            0xd1 => (long)(short)Unsigned(2),
            0xd2 => (long)(int)Unsigned(4),
            0xd3 => (long)Unsigned(8),
            0xd9 => Text((int)Unsigned(1)),
            0xda => Text((int)Unsigned(2)),
            0xdb => Text((int)Unsigned(4)),
            0xdc => List((int)Unsigned(2)),
            0xdd => List((int)Unsigned(4)),
            0xde => Map((int)Unsigned(2)),
            0xdf => Map((int)Unsigned(4)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new InvalidOperationException($"MessagePack of kind {kind:x2} is not expected here."),
        };
    }

    private ulong Unsigned(int size)
    {
        ReadOnlySpan<byte> from = _bytes.Span.Slice(_at, size);
        _at += size;
        return size switch
        {
            1 => from[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(from),
            4 => BinaryPrimitives.ReadUInt32BigEndian(from),
            _ => BinaryPrimitives.ReadUInt64BigEndian(from),
        };
    }

    private ReadOnlyMemory<byte> Bytes(int length)
    {
        _at += length;
        return _bytes.Slice(_at - length, length);
    }

    private string Text(int length) => Encoding.UTF8.GetString(Bytes(length).Span);

    private List<object?> List(int count)
    {
        List<object?> values = new(count);
        for (int i = 0; i < count; i++)
        {
            values.Add(Read());
        }

        return values;
    }

    private object? Map(int count)
    {
        for (int i = 0; i < 2 * count; i++)
        {
            Read();
        }

        return null;
    }
}
