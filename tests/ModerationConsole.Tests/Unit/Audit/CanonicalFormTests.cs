using System.Security.Cryptography;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Unit.Audit;

/// <summary>The bytes that are hashed and signed never change: whoever changes them breaks every proof that was given out.</summary>
public sealed class CanonicalFormTests
{
    private static readonly DateTimeOffset s_at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_560);

    [Fact]
    public void Entry_WithEverything_IsWrittenAsDocumented()
    {
        byte[] bytes = AuditEntryForm.Write(new AuditEntry
        {
            Number = 258,
            Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            At = s_at,
            Act = AuditAct.CaseViewed,
            ActorKind = CallerKind.Person,
            ActorId = Guid.Parse("ffeeddcc-bbaa-9988-7766-554433221100"),
            CaseNumber = 7,
            TaskNumber = -1,
            Subject = "é",
            Details = "{}",
        });

        Assert.Equal(
            "01" + "0000000000000102" + "00112233445566778899aabbccddeeff" + Micros() + "00cd" + "01" + "01" + "ffeeddccbbaa99887766554433221100"
            + "01" + "0000000000000007" + "01" + "ffffffffffffffff" + "01" + "00000002" + "c3a9" + "00000002" + "7b7d",
            Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Entry_WithNothingToSpare_IsWrittenAsDocumented()
    {
        byte[] bytes = AuditEntryForm.Write(new AuditEntry { Number = 1, Id = Guid.Empty, At = s_at, Act = AuditAct.AuditKeyRotated, ActorKind = CallerKind.System });

        Assert.Equal("01" + "0000000000000001" + new string('0', 32) + Micros() + "0388" + "03" + "00" + "00" + "00" + "00" + "00000002" + "7b7d", Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Leaf_OfAnEntry_IsTheHashOfItsBytesBehindAZero()
    {
        AuditEntry entry = new() { Number = 1, At = s_at, Act = AuditAct.CaseViewed, ActorKind = CallerKind.ApiKey, Details = new string('ü', 4_000) };

        Assert.Equal(SHA256.HashData([0, .. AuditEntryForm.Write(entry)]), AuditEntryForm.LeafHash(entry));
    }

    [Fact]
    public void Head_IsWrittenAsTheRfcSays()
    {
        byte[] bytes = TreeHeadForm.Write(258, Enumerable.Repeat((byte)0xab, 32).ToArray(), new DateTimeOffset(2026, 3, 2, 9, 0, 0, 5, TimeSpan.Zero));

        Assert.Equal("0000019cadc69a85" + "0000000000000102" + "20" + string.Concat(Enumerable.Repeat("ab", 32)) + "0000", Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Statement_ForLeaves_StaysWithinWhatAServerTakes(int rows)
    {
        string text = SealStatements.InsertText(rows);

        Assert.Equal(rows * 3, text.Count(letter => letter == '@'));
        Assert.InRange(rows * 3, 1, 2_100);
        Assert.Contains($"@p{(rows * 3) - 1})", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Statement_ForTheFirstRows_IsInEachServersWords()
    {
        Assert.Equal("LIMIT 500", SealStatements.First(DatabaseProvider.Sqlite, 500));
        Assert.Equal("OFFSET 0 ROWS FETCH NEXT 500 ROWS ONLY", SealStatements.First(DatabaseProvider.SqlServer, 500));
        Assert.Equal("OFFSET 0 ROWS FETCH NEXT 500 ROWS ONLY", SealStatements.First(DatabaseProvider.PostgreSql, 500));
    }

    private static string Micros() => Convert.ToHexStringLower(BitConverter.GetBytes(1_772_442_000_123_456L).Reverse().ToArray());
}
