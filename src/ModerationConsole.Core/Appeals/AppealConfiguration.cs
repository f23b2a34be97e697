using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Appeals;

internal sealed class AppealConfiguration : IEntityTypeConfiguration<Appeal>, IEntityTypeConfiguration<AppealEvidence>
{
    public void Configure(EntityTypeBuilder<Appeal> builder)
    {
        builder.ToTable("appeal");
        builder.HasKey(row => row.Number);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.Property(row => row.ExternalId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.AppellantTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.AppellantId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Actions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Text).HasMaxLength(TextLength.Note);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.Ignore(row => row.Granted);
        // Two at once that say the same meet here: the second is run again and finds the first.
        builder.HasIndex(row => new { row.ExternalId, row.AppellantTypeId, row.AppellantId }).IsUnique();
        builder.HasIndex(row => new { row.DecisionId, row.AppellantTypeId, row.AppellantId, row.Round }).IsUnique();
        builder.HasIndex(row => new { row.AppellantId, row.AppellantTypeId });
        builder.HasIndex(row => new { row.State, row.DueAt });
        builder.HasIndex(row => row.SettledAt);
        builder.HasIndex(row => row.TaskNumber).IsUnique();
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => row.ReceivedAt);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }

    public void Configure(EntityTypeBuilder<AppealEvidence> builder)
    {
        builder.ToTable("appeal_evidence");
        builder.HasKey(row => new { row.AppealNumber, row.ItemVersionId });
        // The item stands beside the case, too, and goes with it.
        builder.HasOne<Appeal>().WithMany().HasForeignKey(row => row.AppealNumber);
    }
}
