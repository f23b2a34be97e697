using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Notices;

internal sealed class NoticeConfiguration :
    IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeItem>, IEntityTypeConfiguration<ClockAlert>, IEntityTypeConfiguration<NoticeAnswer>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notice");
        builder.HasKey(row => row.Number);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.Property(row => row.Type).HasMaxLength(TextLength.Id);
        builder.Property(row => row.TypeName).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Basis).HasMaxLength(TextLength.Line);
        builder.Property(row => row.Jurisdiction).HasMaxLength(2);
        builder.Property(row => row.Sender).HasMaxLength(TextLength.Line);
        builder.Property(row => row.Reference).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Scope).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Explanation).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.Ignore(row => row.Met);
        // Two at once that say the same meet here: the second is run again and finds the first.
        builder.HasIndex(row => row.Hash).IsUnique();
        builder.HasIndex(row => new { row.State, row.DueAt });
        builder.HasIndex(row => row.StoppedAt);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.EnteredBy);
    }

    public void Configure(EntityTypeBuilder<NoticeItem> builder)
    {
        builder.ToTable("notice_item");
        builder.HasKey(row => new { row.NoticeNumber, row.CaseNumber });
        builder.Property(row => row.ItemTypeId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.ItemId).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<Notice>().WithMany().HasForeignKey(row => row.NoticeNumber);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.DecisionId);
    }

    public void Configure(EntityTypeBuilder<ClockAlert> builder)
    {
        builder.ToTable("notice_alert");
        // Told once for each reason, whichever node looks.
        builder.HasKey(row => new { row.NoticeNumber, row.Kind });
        builder.HasOne<Notice>().WithMany().HasForeignKey(row => row.NoticeNumber);
    }

    public void Configure(EntityTypeBuilder<NoticeAnswer> builder)
    {
        builder.ToTable("notice_answer");
        builder.HasKey(row => new { row.NoticeNumber, row.Round });
        builder.Property(row => row.Redress).HasMaxLength(TextLength.Note);
        builder.HasOne<Notice>().WithMany().HasForeignKey(row => row.NoticeNumber);
    }
}
