using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Notices;

/// <summary>A notice as it was sent or entered, read and checked.</summary>
internal sealed record NoticeOrder(
    string Type, string Basis, string Jurisdiction, string Sender, string? Reference, DateTimeOffset ReceivedAt, string? Scope, string? Explanation)
{
    /// <summary>What tells it apart from every other: what it says, and about what.</summary>
    public byte[] Hash(IEnumerable<(string TypeId, string ItemId)> items) => SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new object?[]
    {
        Type, Basis, Jurisdiction, Sender, Reference, Instant.Cut(ReceivedAt).UtcTicks, Scope, Explanation,
        items.Distinct().Order().Select(item => new[] { item.TypeId, item.ItemId }),
    })));
}

/// <summary>Something that a notice is about, with the case that its coming in found or opened.</summary>
internal sealed record NoticedItem(Case About, string TypeId, string ItemId);

/// <summary>That a notice came in.</summary>
/// <param name="Id">What it may be named by.</param>
/// <param name="Number">The number people say aloud.</param>
/// <param name="Type">Code of its type.</param>
/// <param name="ReceivedAt">When the platform received it, UTC: its clock started.</param>
/// <param name="DueAt">When a decision is due, UTC.</param>
/// <param name="ClockMinutes">Length of its clock.</param>
/// <param name="ByLaw">Whether the law sets the clock; else it is our own target.</param>
/// <param name="Cases">Numbers of the cases in which it is judged.</param>
public sealed record NoticeReceipt(
    Guid Id, long Number, string Type, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, int ClockMinutes, bool ByLaw, IReadOnlyList<long> Cases);
