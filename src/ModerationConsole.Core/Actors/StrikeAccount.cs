using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Retention;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Actors;

/// <summary>
/// Marks that an account's strikes were reckoned. Two nodes that reckon at the same moment, neither seeing the other's decision,
/// both change this row: one of them begins again and sees both.
/// </summary>
public sealed class StrikeAccount : IVersioned
{
    /// <summary>Type of the account.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; init; } = "";

    /// <inheritdoc />
    public long Version { get; set; }

    internal static async Task MarkAsync(WriteScope scope, PlatformActor account, CancellationToken cancellationToken)
    {
        if (await scope.Db.Set<StrikeAccount>().FindAsync([account.TypeId, account.Id], cancellationToken).ConfigureAwait(false) is { } row)
        {
            scope.Db.Entry(row).State = EntityState.Modified;
        }
        else
        {
            scope.Db.Add(new StrikeAccount { TypeId = account.TypeId, AccountId = account.Id });
        }
    }
}

internal sealed class StrikeAccountConfiguration : IEntityTypeConfiguration<StrikeAccount>
{
    public void Configure(EntityTypeBuilder<StrikeAccount> builder)
    {
        builder.ToTable("strike_account");
        builder.HasKey(row => new { row.TypeId, row.AccountId });
        builder.Property(row => row.TypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.AccountId).HasMaxLength(TextLength.Id);
    }
}
