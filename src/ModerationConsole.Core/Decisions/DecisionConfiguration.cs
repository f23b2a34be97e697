using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

internal sealed class DecisionConfiguration : IEntityTypeConfiguration<Decision>, IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decision");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PolicyId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.CannotReviewCode).HasMaxLength(30);
        builder.Property(row => row.Actions).HasMaxLength(TextLength.Note);
        builder.Property(row => row.ReasonForUser).HasMaxLength(TextLength.Note);
        builder.Property(row => row.InternalNote).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Territory).HasMaxLength(TextLength.Line);
        builder.Property(row => row.Facts).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Snapshot).HasMaxLength(TextLength.Document);
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.HasIndex(row => new { row.CaseNumber, row.CaseVersion });
        builder.HasIndex(row => new { row.DeciderId, row.DecidedAt });
        builder.HasIndex(row => row.DecidedAt);
        // Programs follow decisions in the order in which they became final.
        builder.HasIndex(row => new { row.UndoUntil, row.CaseNumber });
        builder.HasIndex(row => row.TaskNumber);
        builder.HasOne<Case>().WithMany().HasForeignKey(row => row.CaseNumber);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.DeciderId);
        builder.HasOne<Policy>().WithMany().HasForeignKey(row => row.PolicyId);
        builder.HasOne<PolicyVersion>().WithMany().HasForeignKey(row => row.PolicyVersionId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(row => row.ReversesId);
    }

    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("draft");
        builder.HasKey(row => new { row.TaskNumber, row.PersonId });
        builder.Property(row => row.Content).HasMaxLength(TextLength.Text);
        builder.HasOne<ReviewTask>().WithMany().HasForeignKey(row => row.TaskNumber);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
