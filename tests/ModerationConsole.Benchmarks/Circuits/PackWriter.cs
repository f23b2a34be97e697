using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>Writes the few kinds of MessagePack values that a circuit's client sends, and frames them as SignalR does.</summary>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    /// <summary>An array of so many values follows; fewer than sixteen.</summary>
    public PackWriter Array(int count) => Raw((byte)(0x90 | count));

    public PackWriter EmptyMap() => Raw(0x80);

    public PackWriter Nil() => Raw(0xc0);

    public PackWriter Bool(bool value) => Raw(value ? (byte)0xc3 : (byte)0xc2);

    public PackWriter Number(long value)
    {
        if (value is >= 0 and < 128)
        {
            return Raw((byte)value);
        }

        Raw(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public PackWriter Text(string? value)
    {
        if (value is null)
        {
            return Nil();
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Raw(0xdb);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), (uint)length);
        _buffer.Advance(4);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
        return this;
    }

    /// <summary>The message with its length before it: seven bits a byte, the low ones first.</summary>
    public byte[] Framed()
    {
        List<byte> head = [];
        for (int left = _buffer.WrittenCount; ; left >>= 7)
        {
            if (left < 0x80)
            {
                head.Add((byte)left);
                return [.. head, .. _buffer.WrittenSpan];
            }

            head.Add((byte)(left | 0x80));
        }
    }

    private PackWriter Raw(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }
}
