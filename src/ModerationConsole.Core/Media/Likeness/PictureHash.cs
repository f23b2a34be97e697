using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ModerationConsole.Core.Media.Likeness;

/// <summary>The 256 bits of a PDQ hash. Written as 64 lower-case hex digits, the highest bit first, as everyone exchanges them.</summary>
/// <param name="A">Bits 0 to 63.</param>
/// <param name="B">Bits 64 to 127.</param>
/// <param name="C">Bits 128 to 191.</param>
/// <param name="D">Bits 192 to 255.</param>
public readonly record struct PictureHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Length of the written form.</summary>
    public const int HexLength = 64;

    /// <summary>At most so many bits differ between pictures that count as the same (ThreatExchange's recommendation).</summary>
    public const int MatchDistance = 31;

    /// <summary>Hashes of this quality or less say nothing: the picture has no features to tell it by (the same source).</summary>
    public const int WorthlessQuality = 49;

    private const int Words = 4;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>How many bits differ, 0 to 256.</summary>
    public int Distance(PictureHash other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B)
        + BitOperations.PopCount(C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    /// <summary>Reads the written form; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, out PictureHash hash)
    {
        hash = default;
        if (hex is not { Length: HexLength } || hex.AsSpan().ContainsAnyExcept(s_digits))
        {
            return false;
        }

        byte[] bytes = Convert.FromHexString(hex);
        hash = new PictureHash(
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(24)), BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return true;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Words * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, D);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], A);
        return Convert.ToHexStringLower(bytes);
    }
}

/// <summary>A picture's hash and how much it can be trusted, 0 to 100.</summary>
public readonly record struct PictureLikeness(PictureHash Hash, int Quality);
