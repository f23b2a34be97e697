using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

internal sealed class CaseConfiguration :
    IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<Report>, IEntityTypeConfiguration<RelatedItem>, IEntityTypeConfiguration<CaseEvent>,
    IEntityTypeConfiguration<HiddenCase>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.ToTable("case");
        builder.HasKey(row => row.Number);
        builder.HasIndex(row => row.Id).IsUnique();
        // One case an item version; new evidence folds into it or opens it again.
        builder.HasIndex(row => row.ItemVersionId).IsUnique();
        builder.HasIndex(row => new { row.State, row.LastEvidenceAt });
        // Lists are walked in these orders, from any place, both ways.
        builder.HasIndex(row => new { row.State, row.Number });
        builder.HasIndex(row => new { row.LastEvidenceAt, row.Number });
        // Very few, and figures over very many cases leave them out.
        builder.HasIndex(row => row.Sensitivity).HasFilter($"\"{nameof(Case.Sensitivity)}\" = '{nameof(Sensitivity.ChildSafety)}'");
        builder.Property(row => row.Language).HasMaxLength(35);
        builder.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId);
    }

    public void Configure(EntityTypeBuilder<HiddenCase> builder)
    {
        builder.ToTable("hidden_case");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("report");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ReporterTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ReporterId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Reason).HasMaxLength(TextLength.Note);
        builder.HasIndex(row => row.CaseNumber);
        // What became of a reporter's newer reports is counted beside each case.
        builder.HasIndex(row => new { row.ReporterId, row.ReporterTypeId, row.ReceivedAt });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
    }

    public void Configure(EntityTypeBuilder<RelatedItem> builder)
    {
        builder.ToTable("related_item");
        builder.HasKey(row => new { row.CaseNumber, row.ItemVersionId });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<ItemVersion>().WithMany().HasForeignKey(row => row.ItemVersionId);
    }

    public void Configure(EntityTypeBuilder<CaseEvent> builder)
    {
        builder.ToTable("case_event");
        builder.HasKey(row => row.Sequence);
        builder.HasIndex(row => new { row.CaseNumber, row.Sequence });
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
    }
}
