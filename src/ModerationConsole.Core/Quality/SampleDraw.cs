using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ModerationConsole.Core.Quality;

/// <summary>What brought a decision into a sample.</summary>
public enum DrawnBy
{
    /// <summary>It is not in the sample.</summary>
    Nothing,

    /// <summary>The share that is drawn from everything alike. All that it drew is a simple random sample of all decisions.</summary>
    Random,

    /// <summary>The higher rate of the decision's stratum.</summary>
    Stratum,
}

/// <summary>
/// Draws samples so that the same decision is always in or always out of a plan, on whichever node and however often it is
/// asked: the draw is a hash of decision and plan.
/// </summary>
public static class SampleDraw
{
    // As many bits as a double between 0 and 1 can tell apart.
    private const int Bits = 53;

    /// <summary>
    /// The draw of a decision under a plan, from 0 up to but not including 1, spread evenly: the first 53 bits of the SHA-256
    /// (FIPS 180-4) of both ids in network order. Nobody can foretell it who does not know the salt.
    /// </summary>
    /// <param name="decision">The decision's id.</param>
    /// <param name="salt">The plan's secret, random and its own: two plans with different salts draw independently.</param>
    public static double Of(Guid decision, Guid salt)
    {
        Span<byte> ids = stackalloc byte[32];
        decision.TryWriteBytes(ids, bigEndian: true, out _);
        salt.TryWriteBytes(ids[16..], bigEndian: true, out _);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ids, digest);
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> (64 - Bits)) * Math.ScaleB(1, -Bits);
    }

    /// <summary>
    /// Whether a decision is drawn, and by what. Its rate is the greater of the two, whatever its stratum: so all that are drawn
    /// of one stratum are a simple random sample of it, and the strata put together by their sizes tell of all decisions.
    /// </summary>
    /// <param name="draw">What <see cref="Of"/> gave.</param>
    /// <param name="randomShare">Share drawn from everything, from 0 to 1.</param>
    /// <param name="stratumRate">Rate of the first stratum of the plan that the decision matches, from 0 to 1; 0 where it matches none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is below 0 or above 1.</exception>
    public static DrawnBy By(double draw, double randomShare, double stratumRate)
    {
        Shares.ThrowIfNone(randomShare);
        Shares.ThrowIfNone(stratumRate);
        return draw < randomShare ? DrawnBy.Random
            : draw < stratumRate ? DrawnBy.Stratum
            : DrawnBy.Nothing;
    }
}
